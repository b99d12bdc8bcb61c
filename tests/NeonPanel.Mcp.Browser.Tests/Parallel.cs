using NUnit.Framework;

// Every test opens a page in a context of its own, and nothing else is shared but the browser and the sandbox.
[assembly: Parallelizable(ParallelScope.All)]
[assembly: LevelOfParallelism(4)]
