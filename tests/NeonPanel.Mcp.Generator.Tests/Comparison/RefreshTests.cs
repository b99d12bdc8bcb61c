using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Commands;
using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Pipeline;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Tests.Fixtures;
using NeonPanel.Mcp.Generator.Texts;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Comparison;

/// <summary>The verb <c>refresh</c> as it is called, against a server on this machine.</summary>
[Category("Slow")]
internal sealed class RefreshTests
{
    private static readonly string Published = File.ReadAllText(
        Path.Combine(OurSpecification.Folder, "spec", "neonpanel.openapi.json")
    );

    private string folder = "";
    private FileServer server = null!;

    [SetUp]
    public void Create()
    {
        folder = Directory.CreateTempSubdirectory("refresh-").FullName;
        server = new();
        foreach (
            var name in new[] { "openapi", "overlay", "tools.lock", "answers" }.Select(part => $"neonpanel.{part}.json")
        )
        {
            File.Copy(Path.Combine(OurSpecification.Folder, "spec", name), Path.Combine(folder, name));
        }
    }

    [TearDown]
    public void Delete()
    {
        server.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [TestCase("maximum raised", 0)]
    [TestCase("text of an argument changed", 3)]
    [TestCase("date became a timestamp", 3)]
    public void Refresh_OfWhatBreaksNobody_WritesSpecificationLockAndReport(string edit, int expectedCode)
    {
        var changed = Edited(edit);
        server.Serve(changed.ToJsonString());
        var (code, output) = Refresh();
        Assert.That(code, Is.EqualTo(expectedCode), output);
        Assert.That(Read("neonpanel.openapi.json"), Is.EqualTo(JsonText.Indented(changed)));
        Assert.That(
            GenerationPipeline
                .Run(
                    Input("neonpanel.openapi.json") with
                    {
                        Seen = Input("neonpanel.answers.json"),
                    },
                    Input("neonpanel.overlay.json"),
                    Generator.Comparison.ToolLock.Read("lock", Input("neonpanel.tools.lock.json").Bytes)
                )
                .Drift,
            Is.Empty,
            "the lock fits"
        );
        Assert.That(Read("report.md"), Does.StartWith("# NeonPanel API 1.2.0-beta").And.Contain("Written: "));
    }

    [Test]
    public void Refresh_OfWhatBreaksCallers_WritesOnlyTheReportUntilItIsAccepted()
    {
        var before = Files();
        server.ETag = "\"new\"";
        server.Serve(Edited("argument removed").ToJsonString());
        Assert.That(Refresh().Code, Is.EqualTo(4));
        Assert.That(
            Read("report.md"),
            Does.Contain("bills\\_list")
                .And.Contain("The argument 'search' is gone.")
                .And.Contain("Nothing was written")
                .And.Contain("Before accepting it: ")
        );
        File.Delete(Path.Combine(folder, "report.md"));
        Assert.That(Files(), Is.EqualTo(before), "nor is the tag remembered, which would hide the change next time");
        Assert.That(Refresh("--accept-breaking").Code, Is.EqualTo(4));
        Assert.That(Read("neonpanel.openapi.json"), Is.Not.EqualTo(Published));
        Assert.That(
            Read("report.md"),
            Does.Contain("The document differs in 1 place in all").And.Contain("Before merging: ")
        );
    }

    // Clears the screen, forges a line, and turns the direction of the text.
    [Test]
    public void Refresh_DocumentWithHostileText_ShowsNoneOfItsControlCharacters()
    {
        const string hostile = "\u001b[2J\r\nwarning  forged: line\u202Egnirts\u009b31m";
        var document = JsonNode.Parse(Published)!;
        var operation = document["paths"]!["/api/v1/companies"]!["get"]!;
        operation["summary"] = hostile;
        operation["parameters"]!
            .AsArray()
            .Add(
                new JsonObject
                {
                    ["name"] = "added" + hostile,
                    ["in"] = "query",
                    ["description"] = hostile,
                    ["schema"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray(hostile) },
                }
            );
        document["info"]!["version"] = hostile;
        server.Serve(document.ToJsonString());
        var (_, output) = Refresh("--accept-breaking");
        foreach (var text in new[] { output, File.Exists(At("report.md")) ? Read("report.md") : "" })
        {
            Assert.That(text, Does.Not.Match(@"[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]"));
            Assert.That(text, Does.Not.Match("(?m)^warning  forged"));
        }

        Assert.That(output, Does.Contain("forged"), "the text itself is shown");
    }

    [TestCase("{\"openapi\":\"3.1.0\",\"openapi\":\"3.0.3\"}", "not valid JSON")]
    [TestCase("", "The answer is empty")]
    [TestCase("\n  ", "The answer is empty")]
    [TestCase("<!doctype html><title>Sign in</title>", "a page for people")]
    [TestCase("just words", "no object at its root")]
    [TestCase("{\"openapi\":\"3.1.0\"", "not valid JSON")]
    [TestCase("{\"message\":\"no\"}", "no 'openapi' member")]
    [TestCase(
        "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"NeonPanel API\",\"version\":\"2\"},\"paths\":{}}",
        "describes no operation"
    )]
    [TestCase(
        "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Pets\",\"version\":\"2\"},\"paths\":{\"/pets\":{\"get\":{\"operationId\":\"pets.list\"}}}}",
        "another API"
    )]
    [TestCase(
        "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"NeonPanel API\",\"version\":\"2\"},\"paths\":{\"/api/v1/companies\":{\"get\":{\"operationId\":\"listCompanies\",\"parameters\":[{\"$ref\":\"other.json\"}]}}}}",
        "leads out of the document"
    )]
    public void Refresh_OfWhatIsNoDescriptionOfTheApi_WritesNothing(string body, string reason)
    {
        var before = Files();
        server.Serve(body);
        var (code, output) = Refresh();
        Assert.That(code, Is.EqualTo(5));
        Assert.That(output, Does.Contain(reason).And.Contain("Nothing was written."));
        Assert.That(Files(), Is.EqualTo(before));
    }

    [Test]
    public void Refresh_OfWhatCannotBeFetched_WritesNothing()
    {
        var before = Files();
        server.Status = 503;
        server.Serve(Published);
        Assert.That(
            Refresh(),
            Is.EqualTo(
                (
                    5,
                    $"{server.Address}#: error NPG001: The server answered 503; expected 200 with the specification.\nNothing was written.\n"
                )
            )
        );
        Assert.That(RefreshFrom("http://neonpanel.example/openapi").Code, Is.EqualTo(5), "http beyond this machine");
        Assert.That(RefreshFrom("http://127.0.0.1:1/openapi").Code, Is.EqualTo(5), "nobody listens there");
        Assert.That(RefreshFrom(Path.Combine(folder, "none.json")).Code, Is.EqualTo(5));
        Assert.That(Files(), Is.EqualTo(before));
    }

    [Test]
    public void Refresh_TooLargeAnAnswer_IsRefused()
    {
        server.Body = new byte[Generator.Reading.SpecificationReader.MaxBytes + 1];
        Array.Fill(server.Body, (byte)' ');
        var (code, output) = Refresh();
        Assert.That(code, Is.EqualTo(5));
        Assert.That(output, Does.Contain("larger than 67108864 bytes"));
    }

    [Test]
    public void Refresh_ASecondTime_SendsTheTagItRememberedAndIsUnchanged()
    {
        server.ETag = "\"v2\"";
        server.Serve(Edited("maximum raised").ToJsonString());
        Assert.That(Refresh().Code, Is.Zero);
        var written = Files();
        var (code, output) = Refresh();
        Assert.That(server.Tags, Is.EqualTo(new[] { null, "\"v2\"" }));
        Assert.That(code, Is.Zero);
        Assert.That(output, Does.StartWith("No change"));
        Assert.That(
            Files().Where(file => !file.StartsWith("report", StringComparison.Ordinal)),
            Is.EqualTo(written.Where(file => !file.StartsWith("report", StringComparison.Ordinal)))
        );
    }

    [Test]
    public void Refresh_AfterTheFileWasChangedByHand_DoesNotTrustTheTag()
    {
        server.ETag = "\"v2\"";
        server.Serve(Published);
        Refresh();
        File.WriteAllText(
            Path.Combine(folder, "neonpanel.openapi.json"),
            JsonText.Indented(Edited("text of an argument changed"))
        );
        Refresh();
        Assert.That(server.Tags, Is.EqualTo(new string?[] { null, null }));
        Assert.That(Read("neonpanel.openapi.json"), Is.EqualTo(Published));
    }

    [Test]
    public void Refresh_OfTheSameInAnotherOrderOrForm_ChangesNoByte()
    {
        var before = Files();
        // Each is looked at by itself: a later refresh would put right what an earlier one wrote.
        foreach (
            var served in new[]
            {
                Edited("members of every object in another order").ToJsonString(),
                string.Concat(SpecificationYamlEmitter.Emit(OurSpecification.Document())),
            }
        )
        {
            server.Serve(served);
            Assert.That(Refresh().Output, Does.StartWith("No change"));
            File.Delete(Path.Combine(folder, "report.md"));
            Assert.That(Files(), Is.EqualTo(before));
        }
    }

    [Test]
    public void Refresh_OfListsInAnotherOrder_PutsBackThoseWhoseOrderMeansNothing()
    {
        var toolLock = Read("neonpanel.tools.lock.json");
        server.Serve(Edited("parameters, required and allowed values in another order").ToJsonString());
        Assert.That(Refresh().Output, Does.StartWith("No change"));
        Assert.That(Read("neonpanel.tools.lock.json"), Is.EqualTo(toolLock));
        // The edit turns round a list in the example of the reports too, which is called 'parameters' and may mean its
        // order.
        var (before, after) = (Published.Split('\n'), Read("neonpanel.openapi.json").Split('\n'));
        Assert.That(after, Has.Length.EqualTo(before.Length));
        Assert.That(
            after
                .Zip(before)
                .Where(pair => pair.First != pair.Second)
                .Select(pair => pair.First.Trim().Split(':')[0])
                .Distinct(),
            Is.EqualTo(new[] { "\"slug\"", "\"title\"", "\"type\"", "\"multiselect\"" })
        );
    }

    [Test]
    public void Refresh_OfOneAddedMember_WritesNoMoreThanItsLines()
    {
        var changed = Edited("members of every object in another order");
        new SpecificationEdit(changed).Members("VendorResource")["vat_id"] = new JsonObject { ["type"] = "string" };
        server.Serve(changed.ToJsonString());
        Refresh();
        var (before, after) = (Published.Split('\n'), Read("neonpanel.openapi.json").Split('\n'));
        Assert.That(after, Has.Length.EqualTo(before.Length + 3));
        Assert.That(
            after.Except(before).Select(line => line.Trim()),
            Is.EqualTo(new[] { "\"vat_id\": {", "\"type\": \"string\"" })
        );
    }

    [Test]
    public void Refresh_ThatCannotWriteTheLock_LeavesTheSpecification()
    {
        server.Serve(Edited("maximum raised").ToJsonString());
        File.Delete(Path.Combine(folder, "neonpanel.tools.lock.json"));
        Directory.CreateDirectory(Path.Combine(folder, "neonpanel.tools.lock.json", "in the way"));
        Assert.That(Refresh().Code, Is.EqualTo(1));
        Assert.That(Read("neonpanel.openapi.json"), Is.EqualTo(Published));
        Assert.That(Directory.GetFiles(folder, "*.new"), Is.Empty);
    }

    [Test]
    public void Refresh_OfTextsThatNoToolShows_IsNoChangeForAnybody()
    {
        server.Serve(Edited("texts that no tool shows").ToJsonString());
        var (code, output) = Refresh();
        Assert.That(code, Is.Zero);
        Assert.That(output, Does.StartWith("No change: agents and typed callers"));
        Assert.That(Read("report.md"), Does.Contain("differs in 4 places"));
        Assert.That(Read("neonpanel.openapi.json"), Does.Contain("Other words."));
    }

    [Test]
    public void Refresh_OfTextsAlone_IsToldApartFromTheInterface()
    {
        server.Serve(Edited("text of an argument changed").ToJsonString());
        Refresh();
        Assert.That(
            Read("report.md"),
            Does.Contain("texts alone changed")
                .And.Contain("0 changes of names, arguments, answers or meaning; 1 of texts")
        );
    }

    [TestCase(
        "operation added",
        "additive for agents.\n  - vendors\\_probe: The tool is new: Probe (HEAD /api/v1/companies/{companyUuid}/vendors).\n"
    )]
    [TestCase("text of an argument changed", "risky for agents.\n  - Other texts: bills\\_list.\n")]
    [TestCase(
        "possible value added",
        "risky for agents.\n  - checkImportStatus, createDocuments, createDocumentsByPdf: In the answer 'status' may be \"paused\" too.\n"
    )]
    [TestCase("maximum raised", "additive for agents.\n")]
    public void Refresh_WithAChangelog_AddsAnEntryUnderChangedOfUnreleased(string edit, string expected)
    {
        File.WriteAllText(
            Path.Combine(folder, "CHANGELOG.md"),
            "# Changelog\n\n## Unreleased\n\n### Added\n\n- New.\n\n### Changed\n\n- Something else.\n\n"
                + "## 1.0\n\n- First.\n"
        );
        server.Serve(Edited(edit).ToJsonString());
        Refresh("--changelog", Path.Combine(folder, "CHANGELOG.md"));
        Assert.That(
            Read("CHANGELOG.md"),
            Is.EqualTo(
                "# Changelog\n\n## Unreleased\n\n### Added\n\n- New.\n\n### Changed\n\n"
                    + "- NeonPanel API 1.2.0-beta: "
                    + expected
                    + "- Something else.\n\n## 1.0\n\n- First.\n"
            )
        );
    }

    [TestCase("", "# Changelog\n\n## Unreleased\n\nENTRY", TestName = "{m}(new file)")]
    [TestCase("# Changelog\n", "# Changelog\n\n## Unreleased\n\nENTRY", TestName = "{m}(no Unreleased)")]
    [TestCase(
        "# C\n\n## Unreleased\n\n### Added\n\n- New.\n\n### Fixed\n\n- Fault.\n\n"
            + "## 1.0\n\n### Changed\n\n- First.\n",
        "# C\n\n## Unreleased\n\n### Added\n\n- New.\n\nENTRY\n### Fixed\n\n- Fault.\n\n"
            + "## 1.0\n\n### Changed\n\n- First.\n",
        TestName = "{m}(between Added and Fixed)"
    )]
    [TestCase(
        "# C\n\n## Unreleased\n\n- No heading.\n\n## 1.0\n\n- First.\n",
        "# C\n\n## Unreleased\n\n- No heading.\n\nENTRY\n## 1.0\n\n- First.\n",
        TestName = "{m}(after entries without a heading)"
    )]
    [TestCase(
        "# C\n\n## Unreleased\n## 1.0\n\n- First.\n",
        "# C\n\n## Unreleased\n\nENTRY\n## 1.0\n\n- First.\n",
        TestName = "{m}(empty Unreleased)"
    )]
    [TestCase(
        "# C\n\n## Unreleased\n\n### Changed\n",
        "# C\n\n## Unreleased\n\nENTRY",
        TestName = "{m}(empty Changed)"
    )]
    public void Refresh_ChangelogWithoutChanged_GetsTheHeading(string before, string expected)
    {
        var changelog = Path.Combine(folder, "CHANGELOG.md");
        File.WriteAllText(changelog, before);
        server.Serve(Edited("maximum raised").ToJsonString());
        Refresh("--changelog", changelog);
        Assert.That(
            Read("CHANGELOG.md")
                .Replace("- NeonPanel API 1.2.0-beta: additive for agents.\n", "- E\n", StringComparison.Ordinal),
            Is.EqualTo(expected.Replace("ENTRY", "### Changed\n\n- E\n", StringComparison.Ordinal))
        );
    }

    [Test]
    public void Refresh_WhoseOverlayFindsItsTargetNoMore_SaysWhatToCorrect()
    {
        server.Serve(Edited("path changed").ToJsonString());
        Refresh("--accept-breaking");
        Assert.That(
            Read("report.md"),
            Does.Contain("| the overlay | An action of the overlay matches nothing any more")
                .And.Contain("/vendors'\\].get. |")
        );
    }

    private static JsonObject Edited(string name)
    {
        var document = OurSpecification.Document();
        EditTable.Find(name).Apply(new(document));
        return document;
    }

    private (int Code, string Output) Refresh(params string[] more) => RefreshFrom(server.Address, more);

    private (int Code, string Output) RefreshFrom(string url, params string[] more)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var code = CommandLine.Run(
            [
                "refresh",
                "--url",
                url,
                "--spec",
                At("neonpanel.openapi.json"),
                "--overlay",
                At("neonpanel.overlay.json"),
                "--lock",
                At("neonpanel.tools.lock.json"),
                "--report",
                At("report.md"),
                .. more,
            ],
            TextReader.Null,
            output,
            output
        );
        return (code, output.ToString());
    }

    private string At(string name) => Path.Combine(folder, name);

    private string Read(string name) => File.ReadAllText(At(name));

    private InputFile Input(string name) => new(name, File.ReadAllBytes(At(name)));

    private string[] Files() =>
        [
            .. Directory
                .GetFiles(folder)
                .Order(StringComparer.Ordinal)
                .Select(file => Path.GetFileName(file) + "\n" + File.ReadAllText(file, Encoding.UTF8)),
        ];
}
