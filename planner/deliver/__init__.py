"""What leaves this machine: mail, team chats, uploads."""
