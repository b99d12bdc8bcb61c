using NeonPanel.Client;
using NUnit.Framework;
using PublicApiGenerator;

namespace NeonPanel.Mcp.Deploy.Tests.Release;

/// <summary>The public API that callers of the package compile against. <c>UPDATE_PUBLIC_API=true</c> writes it anew,
/// as the refresh workflow does, so that a review sees what changed.</summary>
internal sealed class PublicApiTests
{
    private const string Snapshot = "src/NeonPanel.Client/PublicApi.txt";

    // The names on the wire are the specification's: `diff` tells of them.
    private static readonly ApiGeneratorOptions Options = new()
    {
        IncludeAssemblyAttributes = false,
        ExcludeAttributes =
        [
            "System.Text.Json.Serialization.JsonPropertyNameAttribute",
            "System.Text.Json.Serialization.JsonExtensionDataAttribute",
            "System.CodeDom.Compiler.GeneratedCodeAttribute",
        ],
    };

    [Test]
    public void Client_PublicApi_IsTheReviewedOne()
    {
        var actual =
            typeof(CompaniesClient).Assembly.GeneratePublicApi(Options).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var file = Path.Combine(Repository.Root, Snapshot);
        if (Environment.GetEnvironmentVariable("UPDATE_PUBLIC_API") == "true")
        {
            File.WriteAllText(file, actual);
        }

        var reviewed = File.ReadAllText(file);
        Assert.That(actual == reviewed, Is.True, () => Difference(reviewed.Split('\n'), actual.Split('\n')));
    }

    private static string Difference(string[] reviewed, string[] actual) =>
        $"The client's public API is not the one in {Snapshot}. If it should be, write it anew:\n"
        + "    dotnet test tests/NeonPanel.Mcp.Deploy.Tests --filter PublicApi -e UPDATE_PUBLIC_API=true\n"
        + string.Join(
            '\n',
            reviewed
                .Except(actual)
                .Take(20)
                .Select(line => "- " + line.Trim())
                .Concat(actual.Except(reviewed).Take(20).Select(line => "+ " + line.Trim()))
        );
}
