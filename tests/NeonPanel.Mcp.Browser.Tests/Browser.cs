using Microsoft.Playwright;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Browser.Tests;

/// <summary>The sandbox, and one Chromium for all tests. Debian's is taken; another one by the environment variable
/// <c>CHROMIUM</c>.</summary>
[SetUpFixture]
internal sealed class Browser
{
    private static readonly string Chromium = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";

    private static SandboxHost? sandbox;
    private static IPlaywright? playwright;
    private static IBrowser? browser;

    public static string Address => sandbox!.Address.ToString().TrimEnd('/');

    public static string Issuer => sandbox!.Issuer.ToString().TrimEnd('/');

    /// <summary>Opens a page that notes which other hosts it asks, and what the browser complains of.</summary>
    public static async Task<Visit> OpenAsync(
        int width = 1280,
        ColorScheme scheme = ColorScheme.Light,
        bool script = true
    )
    {
        var context = await browser!.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = width, Height = 800 },
                ColorScheme = scheme,
                JavaScriptEnabled = script,
                Locale = "en-US",
            }
        );
        return new(context, await context.NewPageAsync());
    }

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        if (!File.Exists(Chromium))
        {
            Assert.Ignore(
                $"There is no browser at {Chromium}: install Debian's package 'chromium', or name another in CHROMIUM."
            );
        }

        sandbox = await SandboxHost.StartAsync(LoopbackPorts.FreePair());
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Chromium,
                // As root there is no sandbox; the rest keeps Chromium from asking its maker for things.
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-first-run",
                ],
            }
        );
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await (browser?.DisposeAsync() ?? default);
        playwright?.Dispose();
        await (sandbox?.DisposeAsync() ?? default);
    }
}

/// <summary>A page in a context of its own.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext context;

    public Visit(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.Request += (_, request) =>
        {
            if (
                !request.Url.StartsWith(Browser.Address + "/", StringComparison.Ordinal)
                && !request.Url.StartsWith(Browser.Issuer + "/", StringComparison.Ordinal)
            )
            {
                Elsewhere.Add(request.Url);
            }
        };
        // A status of 4xx is told there too, and is no fault of the page.
        page.Console += (_, message) =>
        {
            if (
                message.Type == "error"
                && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
            )
            {
                Complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => Complaints.Add(error);
    }

    public IPage Page { get; }

    public List<string> Elsewhere { get; } = [];

    public List<string> Complaints { get; } = [];

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
