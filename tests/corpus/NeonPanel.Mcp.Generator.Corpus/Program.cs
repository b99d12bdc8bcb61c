using System.CommandLine;
using NeonPanel.Mcp.Generator.Corpus;
using NeonPanel.Mcp.Generator.Corpus.WireJudge;

var folder = new Argument<DirectoryInfo>("folder")
{
    Description = "Where the documents lie: JSON or YAML files, at any depth.",
};
var every = new Option<int>("--every")
{
    Description = "Take every n-th document by path.",
    DefaultValueFactory = _ => 13,
};
var first = new Option<int>("--first")
{
    Description = "The first document that is taken, from 0.",
    DefaultValueFactory = _ => 0,
};
var count = new Option<int>("--count")
{
    Description = "Take so many at most.",
    DefaultValueFactory = _ => int.MaxValue,
};
var maxBytes = new Option<long>("--max-bytes")
{
    Description = "Pass over documents larger than this.",
    DefaultValueFactory = _ => long.MaxValue,
};
var table = new Option<FileInfo?>("--table") { Description = "Write the score table, as markdown, to this file." };
var judge = new Option<FileInfo?>("--judge")
{
    Description = "judge.mjs beside its node_modules: judges a sample call of every tool.",
};
var schemas = new Option<FileInfo?>("--schemas")
{
    Description = "schemas.mjs beside its node_modules: compiles the schemas of every tool with Ajv.",
};
var root = new RootCommand("Puts real OpenAPI documents through the generator and scores what comes out.")
{
    folder,
    every,
    first,
    count,
    maxBytes,
    table,
    judge,
    schemas,
};
root.SetAction(parsed =>
{
    var directory = parsed.GetValue(folder)!.FullName;
    var files = Directory
        .EnumerateFiles(directory, "*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) is ".json" or ".yaml" or ".yml")
        .Select(file => Path.GetRelativePath(directory, file).Replace('\\', '/'))
        .Order(StringComparer.Ordinal)
        .Where((_, index) => index % parsed.GetValue(every) == parsed.GetValue(first))
        .Where(file => new FileInfo(Path.Combine(directory, file)).Length <= parsed.GetValue(maxBytes))
        .Take(parsed.GetValue(count))
        .ToList();
    return CorpusRun.Score(
        directory,
        files,
        Console.Out,
        parsed.GetValue(table)?.FullName,
        parsed.GetValue(judge) is { } script ? new Judge(script.FullName) : null,
        parsed.GetValue(schemas) is { } compiler ? new SchemaJudge(compiler.FullName) : null
    );
});
var specification = new Argument<FileInfo>("specification")
{
    Description = "The specification whose operations are repeated.",
};
var benchmark = new Command("benchmark", "Measures documents of 60, 600 and 6,000 operations.") { specification };
benchmark.SetAction(parsed => Benchmark.Run(parsed.GetValue(specification)!.FullName, Console.Out));
root.Subcommands.Add(benchmark);
var hostile = new Command("hostile", "Puts documents through the generator that are made to exhaust it.");
hostile.SetAction(_ => HostileDocuments.Run(Console.Out));
root.Subcommands.Add(hostile);
return root.Parse(args).Invoke();
