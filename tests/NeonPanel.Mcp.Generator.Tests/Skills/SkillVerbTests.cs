using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Commands;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Skills;

/// <summary>Skills on the command line: which of them a change concerns, and the plugin folder.</summary>
[Category("Slow")]
internal sealed class SkillVerbTests
{
    private static readonly string Spec = Path.Combine(OurSpecification.Folder, "spec");

    private readonly string folder = Directory.CreateTempSubdirectory("skills-").FullName;

    [OneTimeTearDown]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [TestCase("checkImportProcessing", "enter-bill-from-pdf: checkImportStatus")]
    [TestCase(
        "paymentRequests.list",
        "close-a-month: paymentRequests_list|enter-bill-from-pdf: paymentRequests_list|list-what-we-owe: paymentRequests_list",
        Description = "findDocument reads payments as well"
    )]
    [TestCase(
        "warehouseBalances",
        "close-a-month: getWarehouseBalances|explain-landed-cost: getWarehouseBalances|find-what-runs-out: getWarehouseBalances",
        Description = "a part of the composed tool getStock"
    )]
    [TestCase("getProducts", "")]
    public void Diff_OfAChangedOperation_NamesTheSkillsToReadAgain(string operation, string expected)
    {
        var (code, output, _) = Run(
            "diff --from {from} --to {to} --overlay {spec}/neonpanel.overlay.json "
                + "--lock {spec}/neonpanel.tools.lock.json --skills {spec}/skills --format json",
            Changed(operation)
        );
        Assert.That(code, Is.EqualTo(ExitCodes.Success));
        var skills = JsonNode.Parse(output)!["skills"]?.AsArray() ?? [];
        Assert.That(
            string.Join(
                '|',
                skills.Select(skill =>
                    skill!["skill"]
                    + ": "
                    + string.Join(' ', skill["tools"]!.AsArray().Select(tool => tool!.ToString()))
                )
            ),
            Is.EqualTo(expected)
        );
    }

    [Test]
    public void Diff_AsText_EndsWithTheSkills()
    {
        var (_, output, _) = Run(
            "diff --from {from} --to {to} --overlay {spec}/neonpanel.overlay.json "
                + "--lock {spec}/neonpanel.tools.lock.json --skills {spec}/skills",
            Changed("checkImportProcessing")
        );
        Assert.That(
            output,
            Does.EndWith(
                $"\nSkills to read again\n  enter-bill-from-pdf: checkImportStatus ({Spec}/skills/enter-bill-from-pdf/SKILL.md)\n"
            )
        );
    }

    // Each kind of change that can make a skill's text wrong.
    [TestCase("renamed", "checkImportStatus", "enter-bill-from-pdf: checkImportStatus")]
    [TestCase("argument removed", "getInventoryLandedCost", "explain-landed-cost: getInventoryLandedCost*")]
    [TestCase(
        "enum value removed",
        "getStock",
        "close-a-month: getStock|explain-landed-cost: getStock|find-what-runs-out: getStock"
    )]
    [TestCase("profile left", "bills_read", "enter-bill-from-pdf: bills_read")]
    [TestCase("profile joined", "bills_read", "enter-bill-from-pdf: bills_read")]
    [TestCase("argument required", "inventoryOrders_list", "*find-what-runs-out: inventoryOrders_list*")]
    [TestCase("removed", "getRevenueAndCogs", "close-a-month: getRevenueAndCogs")]
    [TestCase("profile left", "getProducts", "")]
    public void Diff_OfLocks_NamesTheSkillsThatAChangeOfEachKindTouches(string kind, string name, string expected)
    {
        var toolLock = JsonNode.Parse(File.ReadAllText(Path.Combine(Spec, "neonpanel.tools.lock.json")))!;
        var tools = toolLock["tools"]!.AsArray();
        var tool = tools.Single(known => (string?)known!["name"] == name)!;
        Edit(kind, tools, tool);
        var to = At($"{kind.Replace(' ', '-')}-{name}.lock.json");
        File.WriteAllText(to, toolLock.ToJsonString());
        var (_, output, errors) = Run(
            "diff --from {spec}/neonpanel.tools.lock.json --to {to} --skills {spec}/skills --format json",
            to
        );
        Assert.That(errors, Is.Empty);
        var report = JsonNode.Parse(output)!;
        Assert.That(report["changes"]!.AsArray(), Is.Not.Empty);
        var skills = string.Join(
            '|',
            (report["skills"]?.AsArray() ?? []).Select(skill =>
                skill!["skill"] + ": " + string.Join(' ', skill["tools"]!.AsArray().Select(one => one!.ToString()))
            )
        );
        // A composed tool that calls the changed one adds skills, which the other test shows.
        foreach (var part in expected.Split('*', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.That(skills, Does.Contain(part));
        }

        Assert.That(expected.Contains('*', StringComparison.Ordinal) || skills == expected, Is.True, skills);
    }

    private static void Edit(string kind, JsonArray tools, JsonNode tool)
    {
        var properties = tool["inputSchema"]!["properties"]!.AsObject();
        var profiles = tool["profiles"]!.AsArray();
        switch (kind)
        {
            case "renamed":
                tool["name"] = tool["name"] + "2";
                break;
            case "argument removed":
                Assert.That(properties.Remove("warehouse_uuid"), Is.True);
                break;
            case "enum value removed":
                Assert.That(properties["show"]!["enum"]!.AsArray().Remove(properties["show"]!["enum"]![2]), Is.True);
                break;
            case "profile left":
                profiles.RemoveAt(1);
                break;
            case "profile joined":
                profiles.Add("sales");
                break;
            case "argument required":
                tool["inputSchema"]!["required"] = new JsonArray("search");
                break;
            default:
                tools.Remove(tool);
                break;
        }
    }

    [Test]
    public void Refresh_OfAToolThatIsGone_WritesAndReportsTheSkill()
    {
        var (spec, toolLock, report) = (At("our.json"), At("our.lock.json"), At("report.md"));
        File.Copy(Path.Combine(Spec, "neonpanel.openapi.json"), spec);
        File.Copy(Path.Combine(Spec, "neonpanel.tools.lock.json"), toolLock);
        var (_, output, errors) = Run(
            $"refresh --url {{to}} --spec {spec} --overlay {{spec}}/neonpanel.overlay.json --lock {toolLock} "
                + $"--skills {{spec}}/skills --report {report} --accept-breaking",
            Changed("checkImportProcessing", isGone: true)
        );
        Assert.That(errors, Is.Empty);
        Assert.That(output, Does.Contain("\nSkills to read again\n  enter-bill-from-pdf: checkImportStatus ("));
        Assert.That(
            File.ReadAllText(report),
            Does.Contain("## Skills to read again")
                .And.Contain("The build stops on: There is no tool 'checkImportStatus'")
        );
    }

    [Test]
    public void Skills_WithAServer_WritesAPluginFolder()
    {
        var target = At("plugin");
        var (code, output, errors) = Run(
            "skills --spec {spec}/neonpanel.openapi.json --overlay {spec}/neonpanel.overlay.json "
                + $"--lock {{spec}}/neonpanel.tools.lock.json --skills {{spec}}/skills --out {target} --server https://mcp.example.com/mcp"
        );
        Assert.That((code, output, errors), Is.EqualTo((0, target + ": 5 skills.\n", "")));
        foreach (var skill in Directory.EnumerateDirectories(Path.Combine(Spec, "skills")).Select(Path.GetFileName))
        {
            Assert.That(
                File.ReadAllBytes(Path.Combine(target, "skills", skill!, "SKILL.md")),
                Is.EqualTo(File.ReadAllBytes(Path.Combine(Spec, "skills", skill!, "SKILL.md")))
            );
        }

        var plugin = JsonNode.Parse(File.ReadAllText(Path.Combine(target, ".claude-plugin", "plugin.json")))!;
        var servers = JsonNode.Parse(File.ReadAllText(Path.Combine(target, ".mcp.json")))!["mcpServers"]!;
        Assert.That((string?)plugin["name"], Does.Match("^[a-z0-9]+(-[a-z0-9]+)*$"));
        Assert.That(
            servers[(string)plugin["name"]!]!.ToJsonString(),
            Is.EqualTo("""{"type":"http","url":"https://mcp.example.com/mcp"}""")
        );
    }

    [Test]
    public void Skills_WithWrongInput_AreRefusedByName()
    {
        const string Inputs = "skills --spec {spec}/neonpanel.openapi.json --skills {to} --out {to}/out";
        var odd = Directory.CreateDirectory(At("odd")).FullName;
        File.WriteAllText(Path.Combine(odd, "notes.md"), "");
        Assert.That(
            Run(Inputs, odd).Errors,
            Is.EqualTo(
                $"{odd}/notes.md#L1: error NPG036: Only NAME/SKILL.md is served of a skill. Move the text of this file into it, or delete the file.\n"
            )
        );
        Assert.That(
            Run(Inputs, At("none")).Errors,
            Does.EndWith("There is no such folder; a folder with NAME/SKILL.md for each skill is expected.\n")
        );
        Assert.That(
            Run(Inputs + " --server mcp", Directory.CreateDirectory(At("empty")).FullName),
            Is.EqualTo(
                (
                    ExitCodes.Usage,
                    "",
                    "Option '--server' is 'mcp'; an absolute address is expected, such as https://mcp.example.com/mcp.\n"
                )
            )
        );
    }

    // The operation with a further argument, which is a change of its own tool alone; or without the operation.
    private string Changed(string operation, bool isGone = false)
    {
        var document = OurSpecification.Document();
        // Beside the changed one, because answers that were seen belong to a specification by its name.
        File.WriteAllText(At("before.json"), document.ToJsonString());
        var paths = document["paths"]!.AsObject();
        var (path, method) = paths
            .SelectMany(path => path.Value!.AsObject().Select(item => (path.Key, item.Key, item.Value)))
            .Where(item => item.Value is JsonObject map && (string?)map["operationId"] == operation)
            .Select(item => (item.Item1, item.Item2))
            .Single();
        if (isGone)
        {
            paths[path]!.AsObject().Remove(method);
        }
        else
        {
            var added = new JsonObject
            {
                ["name"] = "brand_new",
                ["in"] = "query",
                ["description"] = "A new one.",
                ["schema"] = new JsonObject { ["type"] = "string" },
            };
            var map = paths[path]![method]!.AsObject();
            (map["parameters"] as JsonArray ?? (JsonArray)(map["parameters"] = new JsonArray())).Add(added);
        }

        var file = At(operation + (isGone ? "-gone" : "") + ".json");
        File.WriteAllText(file, document.ToJsonString());
        return file;
    }

    private string At(string name) => Path.Combine(folder, name);

    private (int Code, string Output, string Errors) Run(string arguments, string to = "")
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var args = arguments
            .Split(' ')
            .Select(part => part.Replace("{spec}", Spec).Replace("{from}", At("before.json")).Replace("{to}", to));
        var code = CommandLine.Run([.. args], TextReader.Null, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
