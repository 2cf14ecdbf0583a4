"""The same plan as portable SQL, for engines that hold more contracts than one machine should read."""
