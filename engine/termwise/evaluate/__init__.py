"""Program, contract and date in; judgement out."""
