using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace NeonPanel.Mcp.Benchmarks.Endurance;

/// <summary>Those who call: some that stay, whose tokens are renewed, and visitors who call once.</summary>
internal sealed class Users(Issuer issuer)
{
    private const int Count = 60;
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(1);

    // A server that has just asked for keys asks again only after its pause (rule B4): till then it cannot know a new
    // one.
    private static readonly TimeSpan UnknownFor = TimeSpan.FromSeconds(6);

    private readonly ConcurrentDictionary<int, (string Token, Stopwatch Age)> tokens = [];
    private readonly Stopwatch sinceRotation = new();
    private long visitors;

    /// <summary>Gets whether a token may be refused because its key is new.</summary>
    public bool IsKeyNew => sinceRotation.IsRunning && sinceRotation.Elapsed < UnknownFor;

    public void Rotate()
    {
        issuer.Rotate();
        sinceRotation.Restart();
    }

    /// <summary>A token of somebody; not all are renewed at a time.</summary>
    public string Token(long number)
    {
        if (number % 100 == 0)
        {
            return issuer.Token(
                "visitor-" + Interlocked.Increment(ref visitors).ToString(CultureInfo.InvariantCulture)
            );
        }

        var user = (int)(number % Count);
        if (!tokens.TryGetValue(user, out var known) || known.Age.Elapsed > Renewal + TimeSpan.FromSeconds(user))
        {
            tokens[user] = known = (
                issuer.Token("user-" + user.ToString(CultureInfo.InvariantCulture)),
                Stopwatch.StartNew()
            );
        }

        return known.Token;
    }

    public string BadToken(long number) => issuer.BadToken(number);
}
