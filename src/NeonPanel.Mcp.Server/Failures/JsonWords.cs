using System.Text.Json;
using NeonPanel.Mcp.Server.Arguments;

namespace NeonPanel.Mcp.Server.Failures;

/// <summary>Finds messages and field errors in a JSON response of any shape. It uses the members in which APIs usually
/// put them, and as a last resort any text.</summary>
internal sealed class JsonWords(ApiWords words, PlainWords plain, ErrorFields fields)
{
    private const int MaxDepth = 24;

    /// <summary>Most texts to collect as a last resort.</summary>
    private const int MaxOther = 10;

    /// <summary>Longest text without a space that counts as a message. A longer one is probably an id or a
    /// key.</summary>
    private const int LongestWord = 60;

    private string? code;

    /// <summary>The meaning of an object, which depends on its position.</summary>
    private enum Kind
    {
        /// <summary>An error, or an object that contains one.</summary>
        Error,

        /// <summary>One error of a list.</summary>
        Item,

        /// <summary>An object whose member names are the wrong fields.</summary>
        Map,

        /// <summary>A record of the request, with its errors in it.</summary>
        Record,
    }

    /// <summary>Reads a response whose strings are all valid Unicode.</summary>
    public void Read(JsonElement root)
    {
        Walk(root, null, Kind.Error, 0);
        if (words.IsEmpty)
        {
            AddAny(root, null, 0);
        }

        if (words.IsEmpty && code is not null)
        {
            words.Add(null, code);
        }
    }

    private void Walk(JsonElement value, string? field, Kind kind, int depth)
    {
        if (depth > MaxDepth || words.IsFull)
        {
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                words.Add(fields.Shown(field), plain.Of(value.GetString()!));
                break;
            case JsonValueKind.Array:
                WalkItems(value, field, kind, depth);
                break;
            case JsonValueKind.Object:
                WalkObject(value, field, kind, depth);
                break;
        }
    }

    private void WalkItems(JsonElement list, string? field, Kind kind, int depth)
    {
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            // {"items":[{},{"price":["too low"]}]}: the price of the second item.
            if (field is not null && item.ValueKind == JsonValueKind.Object && TextOf(item, Kind.Item) is null)
            {
                Walk(item, $"{field}.{index}", Kind.Map, depth + 1);
            }
            else
            {
                Walk(item, field, kind == Kind.Record ? kind : Kind.Item, depth + 1);
            }

            index++;
        }
    }

    private void WalkObject(JsonElement value, string? field, Kind kind, int depth)
    {
        var word = CodeOf(value);
        var text = kind == Kind.Map && word is null ? null : TextOf(value, kind);
        var about = kind == Kind.Map || kind == Kind.Record ? null : fields.Of(value, kind == Kind.Item);
        if (text is not null || (about is not null && word is not null))
        {
            // {"field":"title","code":"missing_field"} has no message, so its code is used.
            words.Add(fields.Shown(field) ?? about, text ?? word!);
            WalkLists(value, field, depth);
            return;
        }

        code ??= word;
        if (kind == Kind.Map)
        {
            WalkMembers(value, field, depth);
            return;
        }

        WalkLists(value, field, depth);
        if (kind != Kind.Record)
        {
            WalkOthers(value, field, depth);
        }
    }

    // The members that hold more errors.
    private void WalkLists(JsonElement parent, string? field, int depth)
    {
        foreach (var member in parent.EnumerateObject())
        {
            var name = NameOf(member);
            if (
                ErrorMembers.Lists.Contains(name)
                && member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            )
            {
                Walk(member.Value, field, KindBelow(name, member.Value.ValueKind == JsonValueKind.Object), depth + 1);
            }
        }
    }

    private static Kind KindBelow(string name, bool isObject)
    {
        if (ErrorMembers.Records.Contains(name))
        {
            return Kind.Record;
        }

        return isObject && ErrorMembers.Maps.Contains(name) ? Kind.Map : Kind.Error;
    }

    private void WalkMembers(JsonElement map, string? field, int depth)
    {
        foreach (var member in map.EnumerateObject())
        {
            var isErrors = NameOf(member) is "error" or "errors";
            Walk(member.Value, isErrors ? field : Below(field, member), isErrors ? Kind.Item : Kind.Map, depth + 1);
        }
    }

    // {"email":["is taken"]} is read even after other errors; other members only if no error was found.
    private void WalkOthers(JsonElement parent, string? field, int depth)
    {
        var isEmpty = words.IsEmpty;
        foreach (var member in parent.EnumerateObject())
        {
            var name = NameOf(member);
            if (
                !ErrorMembers.Lists.Contains(name)
                && !ErrorMembers.Noise.Contains(name)
                && (
                    IsTexts(member.Value)
                    || (isEmpty && member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                )
            )
            {
                Walk(member.Value, Below(field, member), Kind.Map, depth + 1);
            }
        }
    }

    // The last resort: collects each text with its member name.
    private void AddAny(JsonElement value, string? name, int depth)
    {
        if (depth > MaxDepth || words.Count >= MaxOther)
        {
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.String
                when plain.Of(value.GetString()!) is { Length: > 0 } text
                    && text.Any(char.IsLetter)
                    && (text.Length <= LongestWord || text.Contains(' ', StringComparison.Ordinal)):
                words.Add(null, name is null ? text : $"{name}: {text}");
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    AddAny(item, name, depth + 1);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    if (!ErrorMembers.Noise.Contains(NameOf(member)) && !ErrorMembers.Codes.Contains(NameOf(member)))
                    {
                        AddAny(member.Value, plain.Of(member.Name), depth + 1);
                    }
                }

                break;
        }
    }

    // Returns the message with its details, otherwise the title.
    private string? TextOf(JsonElement error, Kind kind)
    {
        var messages = TextsOf(error, ErrorMembers.Messages);
        if (kind == Kind.Record)
        {
            return messages.FirstOrDefault();
        }

        var all = messages.Concat(TextsOf(error, ErrorMembers.Details)).ToList();
        var texts = new List<string>();
        foreach (var text in all.OrderByDescending(text => text.Length))
        {
            if (!texts.Exists(longer => longer.Contains(text, StringComparison.OrdinalIgnoreCase)))
            {
                texts.Add(text);
            }
        }

        return texts.Count == 0
            ? TextsOf(error, ErrorMembers.Titles).FirstOrDefault()
            : Sentences([.. all.Where(texts.Remove)]);
    }

    private static string Sentences(List<string> texts) =>
        string.Join(
            ' ',
            texts.Select((text, index) => index < texts.Count - 1 && char.IsLetterOrDigit(text[^1]) ? text + "." : text)
        );

    private List<string> TextsOf(JsonElement error, HashSet<string> names)
    {
        var texts = new List<string>();
        foreach (var member in error.EnumerateObject().Where(member => names.Contains(NameOf(member))))
        {
            texts.AddRange(TextIn(member.Value) is { } text && plain.Of(text) is { Length: > 0 } found ? [found] : []);
        }

        return texts;
    }

    // OData 2 has {"lang":"en","value":"…"}.
    private static string? TextIn(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Object
                when value.TryGetProperty("value", out var text) && text.ValueKind == JsonValueKind.String =>
                text.GetString(),
            _ => null,
        };

    private string? CodeOf(JsonElement error)
    {
        foreach (var member in error.EnumerateObject())
        {
            if (
                member.Value.ValueKind == JsonValueKind.String
                && ErrorMembers.Codes.Contains(NameOf(member))
                && plain.Of(member.Value.GetString()!) is { Length: > 0 } text
                && text.Any(char.IsLetter)
            )
            {
                return text;
            }
        }

        return null;
    }

    private static bool IsTexts(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
        && value.GetArrayLength() > 0
        && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String);

    private string? Below(string? field, JsonProperty member)
    {
        if (ErrorMembers.Whole.Contains(NameOf(member)))
        {
            return field;
        }

        var name = plain.Of(member.Name);
        return field is null ? name : $"{field}.{name}";
    }

    private static string NameOf(JsonProperty member) =>
        member.Name.Length <= 40 ? NearestName.Plain(member.Name) : member.Name;
}
