using NUnit.Framework;

// A fixture's own tests stay in order, and fixtures run beside each other.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(4)]
