"""What statements cost, and which are repeated: counted in each process, summed in Redis."""
