"""What is published of the lists as numbers: people per village, payer and month, small ones hidden."""
