-- everything 2026.1, as of 2026-11-24, in the SQL of snowflake
WITH termwise_0 AS (
SELECT
  COLLATE(CAST("contract" AS VARCHAR), '') AS "contract",
  COALESCE("effective" <= DATE '2026-11-24', TRUE) AND COALESCE("expires" >= DATE '2026-11-24', TRUE) AS "in_force",
  COLLATE(CAST("residency" AS VARCHAR), '') AS "residency",
  COALESCE(COLLATE(CAST("assurance" AS VARCHAR), ''), 'claimed') IN ('agreed', 'signed') AS "assurance__is_enough",
  COLLATE(CAST("training.use" AS VARCHAR), '') AS "training_use",
  COLLATE(CAST("training.use[health]" AS VARCHAR), '') AS "training_use__health",
  COLLATE(CAST("deletion.deadline[request]" AS VARCHAR), '') AS "deletion_deadline__request",
  "deletion.deadline[request] in days" AS "deletion_deadline__request__in_days",
  COALESCE(COLLATE(CAST("deletion.deadline[request] assurance" AS VARCHAR), ''), COLLATE(CAST("assurance" AS VARCHAR), ''), 'claimed') IN ('agreed', 'signed') AS "deletion_deadline__request__assurance__is_enough",
  "deletion.certified" AS "deletion_certified",
  "deletion.deadline[termination] in hours" AS "deletion_deadline__termination__in_hours",
  "uptime in %" AS "uptime__in_percent",
  COLLATE(CAST("liability.cap" AS VARCHAR), '') AS "liability_cap",
  "liability.cap in USD" AS "liability_cap__in_USD",
  COLLATE(CAST("commercial.annual_fees" AS VARCHAR), '') AS "commercial_annual_fees",
  COLLATE(CAST("processors" AS VARCHAR), '') AS "processors",
  COLLATE(CAST("data.classes" AS VARCHAR), '') AS "data_classes",
  COLLATE(CAST("audit.standard" AS VARCHAR), '') AS "audit_standard",
  COALESCE((COLLATE(CAST("contract" AS VARCHAR), '') IS NULL) OR (COLLATE(CAST("residency" AS VARCHAR), '') NOT IN ('["other"]', '["us", "eu"]', '["us"]', 'none', '{"at_least": ["us"]}')) OR (COLLATE(CAST("assurance" AS VARCHAR), '') NOT IN ('claimed', 'documented', 'agreed', 'signed')) OR (COLLATE(CAST("training.use" AS VARCHAR), '') NOT IN ('opt_out', 'permitted', 'prohibited', '{"vague": "rarely"}')) OR (COLLATE(CAST("training.use[health]" AS VARCHAR), '') NOT IN ('opt_out', 'prohibited', '{"at_most": "opt_out"}')) OR (COLLATE(CAST("deletion.deadline[request]" AS VARCHAR), '') NOT IN ('1 month', '30 business days')) OR ("deletion.deadline[request] in days" < 0) OR ("deletion.deadline[request]" IS NOT NULL AND "deletion.deadline[request] in days" IS NOT NULL) OR (COLLATE(CAST("deletion.deadline[request] assurance" AS VARCHAR), '') NOT IN ('claimed', 'documented', 'agreed', 'signed')) OR ("deletion.deadline[termination] in hours" < 0) OR ("uptime in %" < 0) OR (COLLATE(CAST("liability.cap" AS VARCHAR), '') NOT IN ('24 months of fees', 'EUR 5', '{"disputed": ["USD 1", "USD 2"]}')) OR ("liability.cap in USD" < 0) OR ("liability.cap" IS NOT NULL AND "liability.cap in USD" IS NOT NULL) OR (COLLATE(CAST("commercial.annual_fees" AS VARCHAR), '') NOT IN ('USD 1', 'USD 2,000,000', 'USD 400,000')) OR (COLLATE(CAST("processors" AS VARCHAR), '') NOT IN ('[]', '[{"name": "A", "regions": ["us"], "notice": "30 days"}]', '[{"name": "B", "regions": ["other"], "notice": "1 month"}]', '[{"name": "O''Hara \\"C\\"", "regions": [], "notice": {"vague": "in \\\\time"}}]', '{"see": "Annex"}')) OR (COLLATE(CAST("data.classes" AS VARCHAR), '') NOT IN ('["health", "personal"]', '["health"]', '["personal"]')) OR (COLLATE(CAST("audit.standard" AS VARCHAR), '') NOT IN ('ISO 27001', 'ISO\\27001', 'It''s ${signed}', 'iso\\27001:2022', 'it''s ${signed}')), FALSE) AS "is_unreadable"
FROM contracts
), termwise_1 AS (
SELECT
  "contract",
  "assurance__is_enough",
  "deletion_deadline__request__assurance__is_enough",
  CASE WHEN "in_force" THEN "residency" END AS "residency__said",
  CASE WHEN "in_force" THEN "training_use" END AS "training_use__personal__said",
  CASE WHEN "in_force" THEN "training_use__health" END AS "training_use__health__said",
  CASE WHEN "in_force" AND "training_use__health" IS NULL THEN "training_use" END AS "training_use__health__said_2",
  CASE WHEN "in_force" THEN "deletion_deadline__request" END AS "deletion_deadline__request__said",
  CASE WHEN "in_force" THEN "deletion_deadline__request__in_days" END AS "deletion_deadline__request__said_2",
  CASE WHEN "in_force" THEN "deletion_certified" END AS "deletion_certified__said",
  CASE WHEN "in_force" THEN "deletion_deadline__termination__in_hours" END AS "deletion_deadline__termination__said",
  CASE WHEN "in_force" THEN "uptime__in_percent" END AS "uptime__said",
  CASE WHEN "in_force" THEN "liability_cap" END AS "liability_cap__said",
  CASE WHEN "in_force" THEN "liability_cap__in_USD" END AS "liability_cap__said_2",
  CASE WHEN "in_force" THEN "commercial_annual_fees" END AS "commercial_annual_fees__said",
  CASE WHEN "in_force" THEN "processors" END AS "processors__said",
  "data_classes" AS "data_classes__said",
  CASE WHEN "in_force" THEN "audit_standard" END AS "audit_standard__said",
  "is_unreadable"
FROM termwise_0
), termwise_2 AS (
SELECT
  *,
  ("training_use__personal__said" IS NOT NULL AND "training_use__personal__said" IN ('opt_out', 'prohibited')) AS "a2_all_holds",
  ("training_use__health__said" IS NOT NULL AND "training_use__health__said" IN ('opt_out', 'prohibited', '{"at_most": "opt_out"}')) AS "c36",
  ("training_use__health__said_2" IS NOT NULL AND "training_use__health__said_2" IN ('opt_out', 'prohibited')) AS "c38",
  ("training_use__health__said" IS NOT NULL AND "training_use__health__said" = 'prohibited') AS "c48",
  ("training_use__health__said_2" IS NOT NULL AND "training_use__health__said_2" = 'prohibited') AS "c50",
  ("deletion_deadline__request__said_2" IS NOT NULL AND "deletion_deadline__request__said_2" <= 30) AS "a5_all_holds",
  ("deletion_deadline__request__said" IS NOT NULL AND "deletion_deadline__request__said" IN ('1 month', '30 business days')) AS "c85",
  ("deletion_deadline__request__said_2" IS NOT NULL AND "deletion_deadline__request__said_2" <= 89) AS "c87",
  ("deletion_deadline__request__said_2" IS NOT NULL AND "deletion_deadline__request__said_2" >= 93) AS "a6_all_fails",
  "deletion_certified__said" IS NOT NULL AS "c92",
  ("deletion_certified__said" IS NOT NULL AND NOT "deletion_certified__said") AS "a7_all_fails",
  ("deletion_certified__said" IS NOT NULL AND "deletion_certified__said") AS "a7_all_holds",
  ("deletion_deadline__request__said" IS NOT NULL AND "deletion_deadline__request__said" = '30 business days') OR ("deletion_deadline__request__said_2" IS NOT NULL AND "deletion_deadline__request__said_2" >= 31) AS "a5_all_fails",
  ("deletion_deadline__termination__said" IS NOT NULL AND "deletion_deadline__termination__said" <= 720) AS "a8_all_holds",
  ("deletion_deadline__termination__said" IS NOT NULL AND "deletion_deadline__termination__said" >= 720.01) AS "a8_all_fails",
  ("deletion_deadline__termination__said" IS NOT NULL AND "deletion_deadline__termination__said" <= 2136) AS "a9_all_holds",
  ("deletion_deadline__termination__said" IS NOT NULL AND "deletion_deadline__termination__said" >= 2208.01) AS "a9_all_fails",
  ("uptime__said" IS NOT NULL AND "uptime__said" >= 100) AS "a10_all_holds",
  ("commercial_annual_fees__said" IS NOT NULL AND "commercial_annual_fees__said" = 'USD 1') AS "c187",
  ("commercial_annual_fees__said" IS NOT NULL AND "commercial_annual_fees__said" IN ('USD 1', 'USD 400,000')) AS "c191",
  ("liability_cap__said" IS NOT NULL AND "liability_cap__said" = '24 months of fees') AS "c195",
  ("liability_cap__said_2" IS NOT NULL AND "liability_cap__said_2" = 5) AS "c197",
  ("liability_cap__said_2" IS NOT NULL AND "liability_cap__said_2" IN (999999, 1000000)) AS "c201",
  ("liability_cap__said_2" IS NOT NULL AND "liability_cap__said_2" >= 1000000) AS "c211",
  ("residency__said" IS NOT NULL AND "residency__said" = '["other"]') AS "a0_all_fails",
  ("residency__said" IS NOT NULL AND "residency__said" IN ('["us", "eu"]', '["us"]', 'none')) AS "a0_all_holds",
  "processors__said" IS NOT NULL AS "a13_sure_holds",
  ("processors__said" IS NOT NULL AND "processors__said" IN ('[]', '[{"name": "A", "regions": ["us"], "notice": "30 days"}]')) AS "a14_all_holds",
  ("audit_standard__said" IS NOT NULL AND "audit_standard__said" IN ('ISO\\27001', 'iso\\27001:2022')) AS "a16_all_holds",
  ("audit_standard__said" IS NOT NULL AND "audit_standard__said" = 'it''s ${signed}') AS "a17_all_holds",
  ("data_classes__said" IS NOT NULL AND "data_classes__said" = '["personal"]') AS "a15_sure_fails"
FROM termwise_1
), termwise_3 AS (
SELECT
  *,
  "assurance__is_enough" AND "a2_all_holds" AS "a2_sure_holds",
  "assurance__is_enough" AND ("training_use__personal__said" IS NOT NULL AND "training_use__personal__said" = 'prohibited') AND "a2_all_holds" AS "c17",
  "assurance__is_enough" AND "c36" AS "c37",
  "assurance__is_enough" AND "c38" AS "c39",
  "deletion_deadline__request__assurance__is_enough" AND "a5_all_holds" AS "a5_sure_holds",
  ("deletion_deadline__request__assurance__is_enough" AND "c85") OR ("deletion_deadline__request__assurance__is_enough" AND "c87") AS "a6_sure_holds",
  "assurance__is_enough" AND "a7_all_holds" AS "a7_sure_holds",
  "a5_all_holds" OR (("c85" OR "c87") AND "a7_all_holds") AS "r2_all_pass",
  "assurance__is_enough" AND "a8_all_holds" AS "a8_sure_holds",
  "a8_all_holds" OR ("a9_all_holds" AND "a7_all_holds") AS "r3_all_pass",
  "assurance__is_enough" AND "a10_all_holds" AS "a10_sure_holds",
  ("assurance__is_enough" AND "c195") OR ("assurance__is_enough" AND "c197" AND "c187") OR ("assurance__is_enough" AND "c201" AND "c191") OR ("assurance__is_enough" AND "c211") AS "c15_sure_holds",
  "assurance__is_enough" AND "a0_all_holds" AS "a0_sure_holds",
  ("assurance__is_enough" AND "a16_all_holds") OR ("assurance__is_enough" AND "a17_all_holds") AS "c25_sure_holds",
  "a15_sure_fails" OR ("assurance__is_enough" AND "a0_all_holds" AND "a7_all_holds") AS "r8_sure_pass"
FROM termwise_2
), termwise_4 AS (
SELECT
  *,
  "a2_all_holds" AND NOT "a2_sure_holds" AS "c27",
  ("training_use__personal__said" IS NOT NULL AND "training_use__personal__said" = 'permitted') AND NOT "a2_sure_holds" AS "c28",
  "c37" OR "c39" AS "a4_sure_holds",
  "a5_sure_holds" OR ("a6_sure_holds" AND "assurance__is_enough" AND "a7_all_holds") AS "r2_sure_pass",
  "a8_sure_holds" OR ("assurance__is_enough" AND "a9_all_holds" AND "a7_all_holds") AS "r3_sure_pass",
  "a7_all_holds" AND NOT "a7_sure_holds" AS "c153",
  ("a7_all_fails" OR ((NOT "c92" OR "a7_all_fails") AND NOT "a7_all_holds")) AND NOT "a7_sure_holds" AS "r4_fails",
  COALESCE("contract" = 'c-1', FALSE) AND "assurance__is_enough" AND ("uptime__said" IS NOT NULL AND "uptime__said" >= 95) AND NOT "a10_sure_holds" AS "r5_waived",
  ("c195" OR ("c197" AND "c187") OR ("c201" AND "c191") OR "c211") AND NOT "c15_sure_holds" AS "c232",
  (("c197" AND ("commercial_annual_fees__said" IS NOT NULL AND "commercial_annual_fees__said" IN ('USD 2,000,000', 'USD 400,000'))) OR ("c201" AND ("commercial_annual_fees__said" IS NOT NULL AND "commercial_annual_fees__said" = 'USD 2,000,000'))) AND (("c195" AND "c191") OR ("liability_cap__said_2" IS NOT NULL AND "liability_cap__said_2" <= 999999)) AND NOT "c15_sure_holds" AS "c233",
  "a0_sure_holds" OR NOT "a13_sure_holds" AS "c244",
  "a0_sure_holds" OR NOT "a13_sure_holds" OR ("assurance__is_enough" AND "a14_all_holds") AS "r7_sure_pass"
FROM termwise_3
), termwise_5 AS (
SELECT
  *,
  (("assurance__is_enough" AND "c48") OR ("assurance__is_enough" AND "c50")) AND "a4_sure_holds" AS "c53",
  "r2_all_pass" AND NOT "r2_sure_pass" AS "c118",
  (("a5_all_fails" AND ("a6_all_fails" OR "a7_all_fails")) OR ("a5_all_fails" AND ("a6_all_fails" OR NOT "c92" OR "a7_all_fails") AND NOT "r2_all_pass")) AND NOT "r2_sure_pass" AS "c119",
  "r3_all_pass" AND NOT "r3_sure_pass" AS "c147",
  (("a8_all_fails" AND ("a9_all_fails" OR "a7_all_fails")) OR ("a8_all_fails" AND ("a9_all_fails" OR NOT "c92" OR "a7_all_fails") AND NOT "r3_all_pass")) AND NOT "r3_sure_pass" AS "c148",
  "a10_all_holds" AND NOT "a10_sure_holds" AND NOT "r5_waived" AS "c174",
  ("uptime__said" IS NOT NULL AND "uptime__said" <= 99) AND NOT "a10_sure_holds" AND NOT "r5_waived" AS "c175",
  ("a0_all_holds" OR NOT "a13_sure_holds" OR "a14_all_holds") AND NOT "r7_sure_pass" AS "c261",
  "a0_all_fails" AND "a13_sure_holds" AND ("processors__said" IS NOT NULL AND "processors__said" = '[{"name": "B", "regions": ["other"], "notice": "1 month"}]') AND NOT "r7_sure_pass" AS "c262",
  ("data_classes__said" IS NOT NULL AND "data_classes__said" IN ('["health", "personal"]', '["health"]')) AND ("a0_all_fails" OR "r4_fails") AND NOT "r8_sure_pass" AS "c296"
FROM termwise_4
), termwise_6 AS (
SELECT
  *,
  "c53" OR "c37" OR "c39" AS "r1_sure_pass"
FROM termwise_5
), termwise_7 AS (
SELECT
  *,
  ((("c48" OR "c50") AND ("c36" OR "c38")) OR "c36" OR "c38") AND NOT "r1_sure_pass" AS "c68",
  ("training_use__health__said_2" IS NOT NULL AND "training_use__health__said_2" = 'permitted') AND NOT "r1_sure_pass" AS "c69"
FROM termwise_6
)
SELECT
  "contract",
  CASE WHEN "is_unreadable" THEN NULL WHEN "c17" THEN 'preferred' WHEN "assurance__is_enough" AND "a2_all_holds" AND NOT "c17" THEN 'met' WHEN "c27" THEN 'unsecured' WHEN "c28" THEN 'breached' ELSE 'undecided' END AS "no_training[personal]",
  CASE WHEN "is_unreadable" THEN NULL WHEN "c53" THEN 'preferred' WHEN "a4_sure_holds" AND NOT "c53" THEN 'met' WHEN "c68" THEN 'unsecured' WHEN "c69" THEN 'breached' ELSE 'undecided' END AS "no_training[health]",
  CASE WHEN "is_unreadable" THEN NULL WHEN "a5_sure_holds" THEN 'met' WHEN "a6_sure_holds" AND "assurance__is_enough" AND "a7_all_holds" AND NOT "a5_sure_holds" THEN 'conceded' WHEN "c118" THEN 'unsecured' WHEN "c119" THEN 'breached' ELSE 'undecided' END AS "deletion[request]",
  CASE WHEN "is_unreadable" THEN NULL WHEN "a8_sure_holds" THEN 'met' WHEN "assurance__is_enough" AND "a9_all_holds" AND "a7_all_holds" AND NOT "a8_sure_holds" THEN 'conceded' WHEN "c147" THEN 'unsecured' WHEN "c148" THEN 'breached' ELSE 'undecided' END AS "deletion[termination]",
  CASE WHEN "is_unreadable" THEN NULL WHEN "a7_sure_holds" THEN 'met' WHEN "c153" THEN 'unsecured' WHEN "r4_fails" THEN 'breached' ELSE 'undecided' END AS "certified",
  CASE WHEN "is_unreadable" THEN NULL WHEN "a10_sure_holds" THEN 'met' WHEN "c174" THEN 'unsecured' WHEN "c175" THEN 'breached' WHEN "r5_waived" THEN 'waived' ELSE 'undecided' END AS "service",
  CASE WHEN "is_unreadable" THEN NULL WHEN "c15_sure_holds" THEN 'met' WHEN "c232" THEN 'unsecured' WHEN "c233" THEN 'breached' ELSE 'undecided' END AS "liability",
  CASE WHEN "is_unreadable" THEN NULL WHEN "c244" THEN 'not_applicable' WHEN "assurance__is_enough" AND "a14_all_holds" AND NOT "c244" THEN 'met' WHEN "c261" THEN 'unsecured' WHEN "c262" THEN 'breached' ELSE 'undecided' END AS "known_processors",
  CASE WHEN "is_unreadable" THEN NULL WHEN "a15_sure_fails" THEN 'not_applicable' WHEN "assurance__is_enough" AND "a0_all_holds" AND "a7_all_holds" AND NOT "a15_sure_fails" THEN 'met' WHEN "c296" THEN 'breached' ELSE 'undecided' END AS "health",
  CASE WHEN "is_unreadable" THEN NULL WHEN "c25_sure_holds" THEN 'met' WHEN ("a16_all_holds" OR "a17_all_holds") AND NOT "c25_sure_holds" THEN 'unsecured' WHEN ("audit_standard__said" IS NOT NULL AND "audit_standard__said" IN ('ISO 27001', 'It''s ${signed}', 'it''s ${signed}')) AND ("audit_standard__said" IS NOT NULL AND "audit_standard__said" IN ('ISO 27001', 'ISO\\27001', 'It''s ${signed}', 'iso\\27001:2022')) AND NOT "c25_sure_holds" THEN 'breached' ELSE 'undecided' END AS "standard",
  CASE WHEN "is_unreadable" THEN NULL ELSE 'not_applicable' END AS "later",
  CASE WHEN "is_unreadable" THEN 'unreadable' WHEN "c27" OR "c28" OR "c68" OR "c69" OR "c118" OR "c119" OR "c147" OR "c148" OR "c153" OR "r4_fails" OR "c174" OR "c175" OR "c232" OR "c233" OR "c261" OR "c262" OR "c296" THEN 'fail' WHEN "assurance__is_enough" AND "a2_all_holds" AND "r1_sure_pass" AND "r2_sure_pass" AND "r3_sure_pass" AND "a7_all_holds" AND ("a10_sure_holds" OR "r5_waived") AND "c15_sure_holds" AND "r7_sure_pass" AND "r8_sure_pass" THEN 'pass' ELSE 'undecided' END AS "decision"
FROM termwise_7
