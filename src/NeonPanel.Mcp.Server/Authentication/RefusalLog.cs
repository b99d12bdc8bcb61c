using NeonPanel.Mcp.Server.Telemetry;

namespace NeonPanel.Mcp.Server.Authentication;

/// <summary>Logs rejected tokens, at most one line per second and reason. Each line gives the number of lines left out
/// before it. Without this limit, a flood of bad tokens would produce one line per request and hide lines about
/// faults.</summary>
internal sealed class RefusalLog(ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock guard = new();
    private readonly Dictionary<AuthFailure, (long At, int LeftOut)> last = [];

    public void Write(TokenRefusal refusal)
    {
        int leftOut;
        lock (guard)
        {
            var now = time.GetTimestamp();
            if (last.TryGetValue(refusal.Reason, out var line) && time.GetElapsedTime(line.At, now) < Pause)
            {
                last[refusal.Reason] = (line.At, line.LeftOut + 1);
                return;
            }

            leftOut = line.LeftOut;
            last[refusal.Reason] = (now, 0);
        }

        Log.TokenRefused(logger, refusal.Reason.Word(), refusal.Sentence, leftOut);
    }
}
