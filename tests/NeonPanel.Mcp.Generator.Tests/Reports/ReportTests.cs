using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Commands;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Reports;

/// <summary>The verbs <c>check</c> and <c>report</c> as they are called.</summary>
internal sealed class ReportTests
{
    private const string Silent =
        """{"/silent":{"get":{"operationId":"silent","parameters":[{"name":"id","in":"query"}]}}}""";

    private const string Alike = """
        {"/a":{"get":{"operationId":"readA","description":"Returns the bills of one company, newest first, with their lines and totals."}},
         "/b":{"get":{"operationId":"readB","description":"Returns the bills of one company, newest first, with their lines and sums."}},
         "/c":{"get":{"operationId":"readC","description":"Deletes a vendor."}},
         "/d":{"get":{"operationId":"readD","description":"Same words."}},
         "/e":{"get":{"operationId":"readE","description":"Same  WORDS!"}}}
        """;

    private const string Hostile =
        """{"/a|b`<script>alert(1)</script>\n# h":{"get":{"operationId":"x","summary":"s\u001b[31m|"}},"/../up":{"get":{"operationId":"y"}}}""";

    [Test]
    public void Check_MissingTexts_AreToldAndDoNotFail()
    {
        var (code, output) = Run("check", Silent, "json");
        Assert.That(code, Is.Zero);
        var findings = JsonNode.Parse(output)!["findings"]!
            .AsArray()
            .Select(item => item!["message"]!.ToString())
            .ToList();
        Assert.That(
            findings,
            Has.One.Contains("neither summary nor description")
                .And.One.Contains("1 of 1 arguments without a description: id")
        );
    }

    [Test]
    public void Report_DescriptionsTooAlike_AreNamedInPairsAndGroups()
    {
        var (code, output) = Run("report", Alike, "text");
        Assert.That(code, Is.Zero);
        Assert.That(
            output,
            Does.Contain("'readA' and 'readB' are alike by 0.8")
                .And.Contain("2 tools have the same description: readD, readE")
        );
        Assert.That(output, Does.Not.Contain("readC'"));
    }

    [Test]
    public void Report_EveryOperation_IsAToolOrHasAReason()
    {
        var report = JsonNode.Parse(Run("report", Hostile, "json").Output)!;
        Assert.That(report["tools"]!.AsArray().Select(tool => tool!["name"]!.ToString()), Is.Empty);
        Assert.That(
            report["excluded"]!.AsArray().Select(item => item!["reason"]!.ToString()),
            Has.Exactly(2).Items.And.Some.Contains("dot segment").And.Some.Contains("control character")
        );
        Assert.That(report["tokenizer"]!.ToString(), Is.EqualTo("o200k"));
    }

    [TestCase("check")]
    [TestCase("report")]
    public void Markdown_HostileTexts_StayInTheirCells(string verb)
    {
        var output = Run(
            verb,
            """{"/a|b`<script>":{"get":{"operationId":"x","tags":["[l](http://x)"]}},"/..|x\n|":{"get":{"operationId":"y"}}}""",
            "markdown"
        ).Output;
        var columns = 0;
        foreach (var line in output.Split('\n'))
        {
            if (!line.StartsWith('|'))
            {
                columns = 0;
                continue;
            }

            // As CommonMark's table extension counts cells: by the bars that are not escaped.
            var cells =
                line.Replace("\\\\", "", StringComparison.Ordinal)
                    .Replace("\\|", "", StringComparison.Ordinal)
                    .Count(character => character == '|') - 1;
            columns = columns == 0 ? cells : columns;
            Assert.That(cells, Is.EqualTo(columns), line);
        }

        Assert.That(output, Does.Not.Contain("<script>"));
    }

    [Test]
    public void Text_ControlCharacters_AreNotWritten() =>
        Assert.That(
            Run("report", Hostile, "text").Output.Where(character => char.IsControl(character) && character != '\n'),
            Is.Empty
        );

    // o200k cuts "hello" and " world" into one token each, and an identifier of lower-case words at its underscores.
    [Test]
    public void Report_Tokens_AreThoseOfTheVocabulary()
    {
        var report = JsonNode.Parse(
            Run("report", """{"/a":{"get":{"operationId":"hello","description":"hello world"}}}""", "json").Output
        )!;
        var parts = report["tools"]![0]!["parts"]!;
        Assert.That(parts["descriptions"]!.GetValue<int>(), Is.EqualTo(3));
        Assert.That(
            report["tools"]![0]!["tokens"]!.GetValue<int>(),
            Is.EqualTo(3 + parts["inputSchemas"]!.GetValue<int>())
        );
        Assert.That(
            report["listTokens"]!.GetValue<int>(),
            Is.EqualTo(report["tokens"]!.GetValue<int>() + parts["outputSchemas"]!.GetValue<int>())
        );
        Assert.That(report["parts"]!.ToJsonString(), Is.EqualTo(parts.ToJsonString()));
        Assert.That(parts["meta"]!.GetValue<int>(), Is.Positive);
    }

    [TestCase("text")]
    [TestCase("markdown")]
    [TestCase("html")]
    public void Report_EachFormat_SaysWhatEachPartCosts(string format) =>
        Assert.That(
            Run("report", """{"/a":{"get":{"operationId":"hello","description":"hello world"}}}""", format).Output,
            Does.Match(
                "Names and descriptions cost 3 tokens, input schemas [0-9]+, output schemas [0-9]+, _meta [0-9]+[.]"
            )
        );

    [Test]
    public void Check_TooHeavyTool_FailsAndNamesIt()
    {
        var members = new JsonArray();
        for (var index = 0; index < 200; index++)
        {
            members.Add(
                new JsonObject
                {
                    ["name"] = "parameter" + index.ToString(CultureInfo.InvariantCulture),
                    ["in"] = "query",
                    ["description"] = "What it is.",
                    ["schema"] = new JsonObject { ["type"] = "string" },
                }
            );
        }

        var paths = new JsonObject
        {
            ["/a"] = new JsonObject
            {
                ["get"] = new JsonObject { ["operationId"] = "heavy", ["parameters"] = members },
            },
        };
        var (code, output) = Run("check", paths.ToJsonString(), "text");
        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Does.Match("error NPG030: The tool 'heavy' has [0-9]+ tokens; at most 1000 are expected."));
    }

    [Test]
    public void Check_NameTooLongForAClient_IsAWarningThatNamesTheClient()
    {
        var (code, output) = Run(
            "check",
            """{"/a":{"get":{"operationId":"a_name_of_more_than_fifty_characters_is_cut_by_cursor","description":"d"}}}""",
            "json"
        );
        Assert.That(code, Is.Zero);
        var finding = JsonNode.Parse(output)!["findings"]!.AsArray().Single()!;
        Assert.That(finding["clients"]!.ToJsonString(), Is.EqualTo("""["Cursor"]"""));
        Assert.That(finding["rule"]!.ToString(), Is.EqualTo("C5 name-length"));
    }

    private static (int Code, string Output) Run(string verb, string paths, string format)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(
                file,
                $$"""{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{{paths}}}""",
                new UTF8Encoding(false)
            );
            using var output = new StringWriter(CultureInfo.InvariantCulture);
            var code = CommandLine.Run([verb, "--spec", file, "--format", format], TextReader.Null, output, output);
            return (code, output.ToString());
        }
        finally
        {
            File.Delete(file);
        }
    }
}
