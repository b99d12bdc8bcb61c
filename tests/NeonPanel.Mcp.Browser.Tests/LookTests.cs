using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using NUnit.Framework;

namespace NeonPanel.Mcp.Browser.Tests;

/// <summary>Every page, on a phone and on a desktop, light and dark: as axe-core judges it, within its width, asking
/// nobody else. Pictures go to <c>artifacts/screenshots</c>.</summary>
internal sealed class LookTests
{
    private static readonly string[] LevelsAAndAA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

    private static IEnumerable<TestCaseData> Looks =>
        from page in (string[])
            [
                "/",
                "/docs",
                "/docs?q=stock",
                "/docs?q=nothing+like+it",
                "/docs/bills_create",
                "/docs/nosuchtool",
                "/docs/reference",
                "/docs/changes",
                "/try/bills_create",
            ]
        from width in (int[])[390, 1280]
        from scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark]
        select new TestCaseData(page, width, scheme);

    [TestCaseSource(nameof(Looks))]
    public async Task Page_AtEachWidthAndTheme_IsAccessibleAndStandsAlone(string path, int width, ColorScheme scheme)
    {
        await using var visit = await Browser.OpenAsync(width, scheme);
        await visit.Page.GotoAsync(Browser.Address + path, new() { WaitUntil = WaitUntilState.NetworkIdle });
        await AssertLookAsync(visit, path, width, scheme);
    }

    [Test]
    public async Task SignInAndAnswer_AtEachWidthAndTheme_AreAccessibleAndStandAlone(
        [Values(390, 1280)] int width,
        [Values(ColorScheme.Light, ColorScheme.Dark)] ColorScheme scheme
    )
    {
        await using var visit = await Browser.OpenAsync(width, scheme);
        await visit.Page.GotoAsync(Browser.Address + "/try/listCompanies");
        await visit.Page.ClickAsync("#sign-in");
        await visit.Page.WaitForURLAsync(Browser.Issuer + "/**");
        await AssertLookAsync(visit, "/consent", width, scheme);
        await visit.Page.ClickAsync("[value=approve]");
        await visit.Page.WaitForURLAsync("**/try/listCompanies");
        await visit.Page.ClickAsync("#send");
        await Assertions.Expect(visit.Page.Locator("#summary")).ToContainTextAsync("Status 200");
        await AssertLookAsync(visit, "/answer", width, scheme);
    }

    private static async Task AssertLookAsync(Visit visit, string path, int width, ColorScheme scheme)
    {
        var file = System.Text.RegularExpressions.Regex.Replace(path.Trim('/'), "[^A-Za-z_]+", "-");
        await visit.Page.ScreenshotAsync(
            new()
            {
                Path = Path.Combine(
                    Pictures,
                    $"{(file.Length == 0 ? "landing" : file)}-{width}-{scheme.ToString().ToLowerInvariant()}.png"
                ),
                FullPage = !path.StartsWith("/docs/reference", StringComparison.Ordinal) && path != "/docs",
            }
        );
        var found = await visit.Page.RunAxe(
            new AxeRunOptions
            {
                RunOnly = new RunOnlyOptions { Type = "tag", Values = [.. LevelsAAndAA] },
            }
        );
        Assert.That(
            found.Violations.Select(violation =>
                $"{violation.Id}: {violation.Help} {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}"
            ),
            Is.Empty
        );
        Assert.That(found.Passes, Is.Not.Empty, "axe-core has looked");
        Assert.That(
            await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"),
            Is.LessThanOrEqualTo(width),
            "nothing to scroll sideways"
        );
        Assert.That(visit.Elsewhere, Is.Empty);
        Assert.That(visit.Complaints, Is.Empty);
    }

    private static string Pictures
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "NeonPanel.Mcp.sln")))
                {
                    return Path.Combine(folder.FullName, "artifacts", "screenshots");
                }
            }

            throw new InvalidOperationException("The tests run outside of the repository.");
        }
    }
}
