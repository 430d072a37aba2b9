"""What a closed month would have been under a draft policy: reckoned, shown, never posted."""
