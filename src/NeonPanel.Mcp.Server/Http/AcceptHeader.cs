using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace NeonPanel.Mcp.Server.Http;

/// <summary>The weights that a client gives the two response formats, from 0 (not accepted) to 1 (RFC 9110
/// §12.5.1).</summary>
internal readonly record struct AcceptHeader(double Json, double EventStream)
{
    public const string JsonType = "application/json";
    public const string EventStreamType = "text/event-stream";

    public static AcceptHeader Read(StringValues header)
    {
        // Fast path for the value that nearly all clients send, and for a missing header, which accepts everything.
        if (header.Count == 0 || header is [JsonType + ", " + EventStreamType or "*/*" or ""])
        {
            return new(1, 1);
        }

        return MediaTypeHeaderValue.TryParseList(header, out var ranges)
            ? new(Quality(ranges, JsonType), Quality(ranges, EventStreamType))
            : default;
    }

    // The most specific matching range determines the weight.
    private static double Quality(IList<MediaTypeHeaderValue> ranges, string type)
    {
        var wanted = new MediaTypeHeaderValue(type);
        var fitting = ranges.Where(range => wanted.IsSubsetOf(range)).MinBy(Breadth);
        return fitting is null ? 0 : fitting.Quality ?? 1;
    }

    private static int Breadth(MediaTypeHeaderValue range)
    {
        if (range.MatchesAllTypes)
        {
            return 2;
        }

        return range.MatchesAllSubTypes ? 1 : 0;
    }
}
