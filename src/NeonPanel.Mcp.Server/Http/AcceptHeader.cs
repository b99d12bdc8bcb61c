using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace NeonPanel.Mcp.Server.Http;

/// <summary>How much a client wants each of the two forms of an answer: 0 when it does not take it, at most 1 (RFC 9110
/// §12.5.1).</summary>
internal readonly record struct AcceptHeader(double Json, double EventStream)
{
    public const string JsonType = "application/json";
    public const string EventStreamType = "text/event-stream";

    public static AcceptHeader Read(StringValues header)
    {
        // What nearly all clients send, or nothing, which accepts all.
        if (header.Count == 0 || header is [JsonType + ", " + EventStreamType or "*/*" or ""])
        {
            return new(1, 1);
        }

        return MediaTypeHeaderValue.TryParseList(header, out var ranges)
            ? new(Quality(ranges, JsonType), Quality(ranges, EventStreamType))
            : default;
    }

    // The most specific range that fits counts.
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
