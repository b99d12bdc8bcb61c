using System.Text.Json;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>In how many answers each place differed. Bounded: an API that answers at random fills no memory.</summary>
internal sealed class DriftCounts(ServerMetrics metrics)
{
    private const int MaxTools = 500;
    private const int MaxPointers = 50;

    private readonly Lock gate = new();
    private readonly SortedDictionary<string, SortedDictionary<string, Place>> tools = new(StringComparer.Ordinal);
    private long compared;
    private long skipped;
    private long beyond;

    /// <summary>Adds what one answer showed.</summary>
    public void Add(string tool, IEnumerable<Drift> drifts)
    {
        lock (gate)
        {
            compared++;
            foreach (var drift in drifts)
            {
                if (PlaceOf(tool, drift) is { } place)
                {
                    place.Found[drift.Found] = place.Found.GetValueOrDefault(drift.Found) + 1;
                    metrics.Drifted(tool, drift.Pointer, drift.Found);
                }
                else
                {
                    beyond++;
                }
            }
        }
    }

    /// <summary>Counts an answer that was chosen and not compared, since others were waiting.</summary>
    public void Skip() => Interlocked.Increment(ref skipped);

    /// <summary>Writes the counts: tool → pointer → what is declared, and how often what was found.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        lock (gate)
        {
            writer.WriteStartObject();
            writer.WriteNumber("compared", compared);
            writer.WriteNumber("skipped", Interlocked.Read(ref skipped));
            writer.WriteNumber("beyond", beyond);
            writer.WriteStartObject("tools");
            foreach (var (tool, places) in tools)
            {
                writer.WriteStartObject(tool);
                foreach (var (pointer, place) in places)
                {
                    place.WriteTo(writer, pointer);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }
    }

    private Place? PlaceOf(string tool, Drift drift)
    {
        if (!tools.TryGetValue(tool, out var places))
        {
            if (tools.Count >= MaxTools)
            {
                return null;
            }

            tools[tool] = places = new(StringComparer.Ordinal);
        }

        if (!places.TryGetValue(drift.Pointer, out var place) && places.Count < MaxPointers)
        {
            places[drift.Pointer] = place = new(drift.Declared, new(StringComparer.Ordinal));
        }

        return place;
    }

    private sealed record Place(string? Declared, SortedDictionary<string, long> Found)
    {
        public void WriteTo(Utf8JsonWriter writer, string pointer)
        {
            writer.WriteStartObject(pointer);
            writer.WriteString("declared", Declared);
            writer.WriteStartObject("found");
            foreach (var (kind, count) in Found)
            {
                writer.WriteNumber(kind, count);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }
    }
}
