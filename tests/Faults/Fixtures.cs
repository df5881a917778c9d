// Each test has servers and processes of its own; one at a time is enough for a small machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
