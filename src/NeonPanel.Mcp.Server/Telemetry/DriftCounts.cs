using System.Text.Json;

namespace NeonPanel.Mcp.Server.Telemetry;

/// <summary>Counts for each place how many responses differed there. The number of places is limited, so that an API
/// with random responses cannot fill the memory.</summary>
internal sealed class DriftCounts(ServerMetrics metrics)
{
    private const int MaxTools = 500;
    private const int MaxPointers = 50;

    private readonly Lock gate = new();
    private readonly SortedDictionary<string, SortedDictionary<string, Place>> tools = new(StringComparer.Ordinal);
    private long compared;
    private long skipped;
    private long beyond;

    /// <summary>Adds the differences of one response.</summary>
    public void Add(string tool, IEnumerable<Drift> drifts)
    {
        lock (gate)
        {
            compared++;
            AddPlaces(tool, drifts);
        }
    }

    /// <summary>Adds the values of one response that did not fit its output schema. Each response is checked for them
    /// before it is sent, also outside the sample.</summary>
    public void AddUnsampled(string tool, IEnumerable<Drift> drifts)
    {
        lock (gate)
        {
            AddPlaces(tool, drifts);
        }
    }

    /// <summary>Counts a response that was selected but not compared, because it was too large or too many others were
    /// waiting.</summary>
    public void Skip() => Interlocked.Increment(ref skipped);

    /// <summary>Writes the counts as JSON: tool, pointer, the declared kinds, and a count for each kind
    /// found.</summary>
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

    private void AddPlaces(string tool, IEnumerable<Drift> drifts)
    {
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
