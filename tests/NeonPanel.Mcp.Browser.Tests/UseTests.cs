using System.Text.Json.Nodes;
using Microsoft.Playwright;
using NeonPanel.Mcp.Server.Pages;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Browser.Tests;

/// <summary>The actions that a person takes on the pages.</summary>
internal sealed class UseTests
{
    [Test]
    public async Task Catalogue_WhileTyping_ShowsWhatFitsAndCounts()
    {
        await using var visit = await Browser.OpenAsync();
        await visit.Page.GotoAsync(Browser.Address + "/docs");
        await visit.Page.FillAsync("input[name=q]", "batch LANDED");
        await Assertions.Expect(visit.Page.Locator("article:visible code")).ToHaveTextAsync(["getInventoryLandedCost"]);
        await Assertions.Expect(visit.Page.Locator("#count")).ToHaveTextAsync("1 tool");
        await visit.Page.FillAsync("input[name=q]", "");
        await Assertions
            .Expect(visit.Page.Locator("#count"))
            .ToHaveTextAsync($"{GeneratedCatalog.Create().Tools.Count + 2} tools");
    }

    [Test]
    public async Task Catalogue_WithoutScript_IsSearchedAndRead()
    {
        await using var visit = await Browser.OpenAsync(script: false);
        await visit.Page.GotoAsync(Browser.Address + "/docs");
        await visit.Page.FillAsync("input[name=q]", "getWarehouseBalances");
        await visit.Page.ClickAsync("form.search button");
        await visit.Page.ClickAsync("article a[href='/docs/getWarehouseBalances']");
        await Assertions.Expect(visit.Page.Locator("table th[scope=row]").First).ToBeVisibleAsync();
        Assert.That(visit.Page.Url, Is.EqualTo(Browser.Address + "/docs/getWarehouseBalances"));
    }

    [TestCase("")]
    [TestCase("%20%20")]
    public async Task Catalogue_SearchForNothing_ShowsAll(string words)
    {
        await using var visit = await Browser.OpenAsync();
        await visit.Page.GotoAsync(Browser.Address + "/docs?q=" + words);
        await Assertions
            .Expect(visit.Page.Locator("article"))
            .ToHaveCountAsync(GeneratedCatalog.Create().Tools.Count + 2);
    }

    [Test]
    public async Task Catalogue_SearchForTenThousandCharacters_FindsNothingAndSaysSo()
    {
        await using var visit = await Browser.OpenAsync();
        var answer = await visit.Page.GotoAsync(Browser.Address + "/docs?q=" + new string('x', 7000));
        Assert.That(answer!.Status, Is.EqualTo(200));
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("Nothing is found.");
    }

    [Test]
    public async Task UnknownTool_NamesTheNearest()
    {
        await using var visit = await Browser.OpenAsync();
        var answer = await visit.Page.GotoAsync(Browser.Address + "/docs/bils_list");
        Assert.That(answer!.Status, Is.EqualTo(404));
        await visit.Page.ClickAsync("main li a >> nth=0");
        Assert.That(visit.Page.Url, Is.EqualTo(Browser.Address + "/docs/bills_list"));
    }

    [Test]
    public async Task Page_ByKeyboard_SkipsToTheContentAndFollowsLinks()
    {
        await using var visit = await Browser.OpenAsync();
        await visit.Page.GotoAsync(Browser.Address + "/");
        await visit.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(visit.Page.Locator(".skip")).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator("main")).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Tab");
        Assert.That(await visit.Page.EvaluateAsync<bool>("document.activeElement.closest('main') !== null"), Is.True);
    }

    [Test]
    public async Task Landing_Copy_PutsTheAddressIntoTheClipboard()
    {
        await using var visit = await Browser.OpenAsync();
        await visit.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await visit.Page.GotoAsync(Browser.Address + "/");
        await visit.Page.ClickAsync(".copy button >> nth=0");
        await Assertions.Expect(visit.Page.Locator(".copy button").First).ToHaveTextAsync("Copied");
        Assert.That(
            await visit.Page.EvaluateAsync<string>("navigator.clipboard.readText()"),
            Is.EqualTo(Browser.Address + "/mcp")
        );
    }

    [Test]
    public async Task TryIt_FromToolToAnswer_GoesThroughTheSignIn()
    {
        await using var visit = await Browser.OpenAsync();
        await visit.Page.GotoAsync(Browser.Address + "/docs/bills_list");
        await visit.Page.ClickAsync("text=Try it");
        await visit.Page.FillAsync("[name=per_page]", "10");
        await visit.Page.ClickAsync("#send");
        await Assertions.Expect(visit.Page.Locator("#summary")).ToContainTextAsync("Status 401");
        await visit.Page.ClickAsync("#sign-in");
        await Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync("Allow access?");
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync(new Uri(Browser.Address).Authority);
        await visit.Page.ClickAsync("[value=approve]");
        await Assertions.Expect(visit.Page.Locator("#session")).ToContainTextAsync("signed in as sandbox-user");
        Assert.That(
            await visit.Page.InputValueAsync("[name=per_page]"),
            Is.EqualTo("10"),
            "what was filled in is still there"
        );
        await visit.Page.ClickAsync("#send");
        await Assertions
            .Expect(visit.Page.Locator("#summary"))
            .ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^Status 200 after \d+ ms\.$"));
        var result = JsonNode.Parse(await visit.Page.InnerTextAsync("#answer"))!["result"]!;
        Assert.That(result["isError"]!.GetValue<bool>(), Is.False);
        Assert.That(result["structuredContent"]!["per_page"]!.GetValue<int>(), Is.EqualTo(10));
        await Assertions.Expect(visit.Page.Locator("#request")).ToContainTextAsync("\"per_page\": 10");
        await Assertions.Expect(visit.Page.Locator("#request")).Not.ToContainTextAsync("eyJ");
    }

    [Test]
    public async Task TryIt_Write_StaysUntilItIsTakenBack()
    {
        await using var visit = await Browser.OpenAsync();
        await visit.Page.GotoAsync(Browser.Address + "/try/bills_update");
        await visit.Page.ClickAsync("#sign-in");
        await visit.Page.ClickAsync("[value=approve]");
        await Assertions.Expect(visit.Page.Locator("#session")).ToContainTextAsync("signed in as sandbox-user");
        await visit.Page.FillAsync("[name=name]", "Changed here");
        await visit.Page.ClickAsync("#send");
        await Assertions.Expect(visit.Page.Locator("#answer")).ToContainTextAsync("Changed here");
        await visit.Page.ClickAsync("#reset");
        await Assertions.Expect(visit.Page.Locator("#session")).ToHaveTextAsync("Your books are as they were.");
        await visit.Page.GotoAsync(Browser.Address + "/try/bills_read");
        await visit.Page.ClickAsync("#send");
        await Assertions
            .Expect(visit.Page.Locator("#answer"))
            .ToContainTextAsync("Sea freight and entry for HP-PO-1047");
    }

    [Test]
    public async Task TryIt_Denied_SaysSo()
    {
        await using var visit = await Browser.OpenAsync();
        await visit.Page.GotoAsync(Browser.Address + "/try/listCompanies");
        await visit.Page.ClickAsync("#sign-in");
        await visit.Page.ClickAsync("[value=deny]");
        await Assertions
            .Expect(visit.Page.Locator("#session"))
            .ToHaveTextAsync("The sign-in was refused (access_denied).");
        await Assertions.Expect(visit.Page.Locator("#sign-in")).ToBeVisibleAsync();
    }

    [Test]
    public async Task TryIt_AnswerOfAnotherSignIn_IsNotTaken()
    {
        await using var visit = await Browser.OpenAsync();
        await visit.Page.GotoAsync(Browser.Address + "/try/callback?code=x&state=y&iss=" + Browser.Issuer);
        await Assertions.Expect(visit.Page.Locator("#session")).ToContainTextAsync("belongs to no sign-in of this tab");
    }

    [Test]
    public async Task TryIt_TextThatIsNoJson_IsNamedAndNothingIsSent()
    {
        await using var visit = await Browser.OpenAsync();
        var posts = 0;
        visit.Page.Request += (_, request) => posts += request.Method == "POST" ? 1 : 0;
        await visit.Page.GotoAsync(Browser.Address + "/try/bills_create");
        await visit.Page.FillAsync("textarea >> nth=0", "{ not json");
        var name = await visit.Page.GetAttributeAsync("textarea >> nth=0", "name");
        await visit.Page.ClickAsync("#send");
        await Assertions.Expect(visit.Page.Locator("#session")).ToContainTextAsync(name + " is no JSON");
        Assert.That(posts, Is.Zero);
    }

    [Test]
    public async Task Page_OfAHostileSpecification_ShowsItsTextsAsText()
    {
        const string hostile =
            "<script>window.hacked=1</script><img src=x onerror='window.hacked=1'>\u202Eevil\u202C&quot;\"'";
        var page = new ToolPage("Api " + hostile, new(null), "{}"u8.ToArray()).Write(
            new ToolDescriptor
            {
                Name = "hostile",
                Title = hostile,
                Description = hostile,
                OperationId = null,
                Method = "GET",
                Path = "/" + hostile,
                InputSchema = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject
                    {
                        [hostile] = new JsonObject { ["type"] = "string", ["description"] = hostile },
                    },
                }.ToJsonString(),
                OutputSchema = "{}",
                Hints = new(true, false, true, false),
                Profiles = [],
                Scopes = [hostile],
                Meta = "{}",
                Tokens = 0,
                Arguments = ValueShape.Anything,
                Call = (_, _, _, _) =>
                    Task.FromException<NeonPanel.Client.Requests.RawResponse>(new InvalidOperationException()),
            },
            [hostile]
        );
        await using var visit = await Browser.OpenAsync();
        await visit.Page.SetContentAsync(page.Markup);
        Assert.That(await visit.Page.EvaluateAsync<bool>("window.hacked === undefined"), Is.True);
        Assert.That(await visit.Page.Locator("main script, main img").CountAsync(), Is.Zero);
        Assert.That(
            await visit.Page.InnerTextAsync("h1"),
            Is.EqualTo(
                hostile
                    .Replace("\u202E", "[U+202E]", StringComparison.Ordinal)
                    .Replace("\u202C", "[U+202C]", StringComparison.Ordinal)
            )
        );
    }
}
