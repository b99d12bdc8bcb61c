using System.Text;
using System.Text.Json;
using NeonPanel.Client.Requests;

namespace NeonPanel.Mcp.Server.Calls.Previews;

/// <summary>A request that was built and not sent.</summary>
/// <param name="Template">The operation.</param>
/// <param name="Arguments">The arguments that the request was built from.</param>
/// <param name="ContentType">The media type of the body without its parameters, or <see langword="null"/> without a
/// body.</param>
/// <param name="Body">The bytes of a body of JSON or text; otherwise empty.</param>
/// <param name="Parts">The parts of a multipart body, or the one file that is the body.</param>
internal sealed record RequestSketch(
    RequestTemplate Template,
    JsonElement Arguments,
    string? ContentType,
    byte[] Body,
    IReadOnlyList<SentPart> Parts
)
{
    /// <summary>Gets the name of the file that is the body, if the body itself has no place for it.</summary>
    public string? FileName { get; init; }

    /// <summary>Returns the parameters of the address and the headers that the call has, in the order of the
    /// specification.</summary>
    public IEnumerable<KeyValuePair<string, JsonElement>> Parameters() =>
        Template
            .Parameters.Where(parameter => Arguments.TryGetProperty(parameter.Argument, out _))
            .Select(parameter => KeyValuePair.Create(parameter.Argument, Arguments.GetProperty(parameter.Argument)));

    /// <summary>Writes the body: JSON as it is sent, a form as an object, a text as a text, and of each file its name,
    /// media type and size.</summary>
    public void WriteBody(Utf8JsonWriter writer)
    {
        switch (Template.Body?.Kind)
        {
            case RequestBodyKind.Json:
                writer.WriteRawValue(Body, skipInputValidation: true);
                break;
            case RequestBodyKind.Form:
                WriteForm(writer, Template.Body);
                break;
            case RequestBodyKind.Multipart:
                WriteParts(writer);
                break;
            case RequestBodyKind.Text:
                writer.WriteStringValue(Encoding.UTF8.GetString(Body));
                break;
            default:
                WriteFile(writer, Parts[0]);
                break;
        }
    }

    private void WriteForm(Utf8JsonWriter writer, RequestBody body)
    {
        if (body.Argument is { } whole)
        {
            Arguments.GetProperty(whole).WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        foreach (var member in body.Members ?? [])
        {
            if (Arguments.TryGetProperty(member.Argument, out var value))
            {
                writer.WritePropertyName(member.Name);
                value.WriteTo(writer);
            }
        }

        if (body.AdditionalArgument is { } more && Arguments.TryGetProperty(more, out var others))
        {
            foreach (var member in others.EnumerateObject())
            {
                member.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    // A member with several parts is a list.
    private void WriteParts(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var member in Parts.GroupBy(part => part.Name, StringComparer.Ordinal))
        {
            writer.WritePropertyName(member.Key);
            var parts = member.ToList();
            if (parts.Count > 1)
            {
                writer.WriteStartArray();
            }

            foreach (var part in parts)
            {
                WritePart(writer, part);
            }

            if (parts.Count > 1)
            {
                writer.WriteEndArray();
            }
        }

        writer.WriteEndObject();
    }

    private void WritePart(Utf8JsonWriter writer, SentPart part)
    {
        if (part.Text is { } text)
        {
            writer.WriteStringValue(text);
        }
        else
        {
            WriteFile(writer, part);
        }
    }

    private void WriteFile(Utf8JsonWriter writer, SentPart part)
    {
        writer.WriteStartObject();
        if ((part.FileName ?? FileName) is { } name)
        {
            writer.WriteString("file", name);
        }

        writer.WriteString("type", part.ContentType);
        writer.WriteNumber("bytes", part.Length);
        writer.WriteEndObject();
    }
}
