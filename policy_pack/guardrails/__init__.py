"""What must hold for every resource of an AI platform in the UAE: rows of data, and what rows cannot say."""
