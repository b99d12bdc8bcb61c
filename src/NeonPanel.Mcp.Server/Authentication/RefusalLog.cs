using NeonPanel.Mcp.Server.Telemetry;

namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>Logs rejected tokens: at most one line a second for each reason, with the number of those left out. A flood
/// of bad tokens would otherwise cost as many lines as requests, and crowd out the lines of faults.</summary>
internal sealed class RefusalLog(ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock guard = new();
    private readonly Dictionary<string, (long At, int LeftOut)> last = [];

    public void Write(TokenRefusal refusal)
    {
        int leftOut;
        lock (guard)
        {
            var now = time.GetTimestamp();
            if (last.TryGetValue(refusal.Code, out var line) && time.GetElapsedTime(line.At, now) < Pause)
            {
                last[refusal.Code] = (line.At, line.LeftOut + 1);
                return;
            }

            leftOut = line.LeftOut;
            last[refusal.Code] = (now, 0);
        }

        Log.TokenRefused(logger, refusal.Code, refusal.Sentence, leftOut);
    }
}
