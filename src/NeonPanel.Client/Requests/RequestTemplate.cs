namespace NeonPanel.Client.Requests;

using System.Collections.Generic;
using System.Net.Http;

/// <summary>Everything the specification says about the request of one operation. Immutable and shared by all calls.</summary>
/// <param name="Method">The HTTP method, upper case.</param>
/// <param name="Path">The path template: begins with one <c>/</c>, placeholders in braces
/// (<c>/api/v1/companies/{companyUuid}/bills</c>). May end in literal query pairs (<c>?action=list</c>).</param>
/// <param name="Parameters">Path, query, header and cookie parameters in the order of the specification.</param>
/// <param name="Body">The body, or <see langword="null"/> when the operation takes none.</param>
/// <param name="Accept">The value of the <c>Accept</c> header: the media types of the answers, JSON first.</param>
public sealed record RequestTemplate(
    string Method,
    string Path,
    IReadOnlyList<RequestParameter> Parameters,
    RequestBody? Body = null,
    string Accept = "application/json")
{
    /// <summary>Where a request carries its template, for handlers that tell of it without telling its arguments.</summary>
    public static readonly HttpRequestOptionsKey<RequestTemplate> Key = new("template");
}

/// <summary>One parameter of an operation and how it is written into the request.</summary>
/// <param name="Name">The name on the wire.</param>
/// <param name="Location">Where it goes.</param>
/// <param name="Argument">The member of the call's arguments that holds the value.</param>
/// <param name="Style">How arrays and objects are written (OpenAPI 3.1, "Style Values").</param>
/// <param name="Explode">Whether each item or member becomes a pair of its own.</param>
/// <param name="Required">Whether a call without it is refused.</param>
/// <param name="AllowReserved">Whether the reserved characters of RFC 3986 §2.2 go out unescaped (query only).</param>
/// <param name="ContentType">For a <c>content</c> parameter its media type: the value is then serialized by it
/// (JSON text for JSON types) and style and explode do not apply.</param>
public sealed record RequestParameter(
    string Name,
    ParameterLocation Location,
    string Argument,
    ParameterStyle Style,
    bool Explode,
    bool Required = false,
    bool AllowReserved = false,
    string? ContentType = null);

/// <summary>Where a parameter stands in the request (OpenAPI <c>in</c>).</summary>
public enum ParameterLocation
{
    Path,
    Query,
    Header,
    Cookie,
}

/// <summary>How a parameter is written (OpenAPI <c>style</c>).</summary>
public enum ParameterStyle
{
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,

    /// <summary>A tab character between the items (<c>collectionFormat: tsv</c> of Swagger 2.0).</summary>
    TabDelimited,
}

/// <summary>The body of an operation in the one media type that was chosen for it.</summary>
/// <param name="ContentType">The media type, as sent; without a multipart boundary.</param>
/// <param name="Kind">How the arguments become bytes.</param>
/// <param name="Required">Whether a call without any of it is refused.</param>
/// <param name="Argument">The argument that is the whole body, or <see langword="null"/> when the body is an object whose
/// members stand among the arguments (<paramref name="Members"/>).</param>
/// <param name="Members">The members of an object body that stand among the arguments.</param>
public sealed record RequestBody(
    string ContentType,
    RequestBodyKind Kind,
    bool Required = false,
    string? Argument = null,
    IReadOnlyList<RequestBodyMember>? Members = null)
{
    /// <summary>
    /// Gets the argument that holds further members the specification does not name (<c>additionalProperties</c> of an
    /// object body), or <see langword="null"/> when there is none. Its members are merged into the body.
    /// </summary>
    public string? AdditionalArgument { get; init; }

    /// <summary>Gets whether a required body of which no member is given is sent as <c>{}</c>.</summary>
    public bool EmptyObjectAllowed { get; init; }
}

/// <summary>How a body is written.</summary>
public enum RequestBodyKind
{
    /// <summary>JSON: the members' bytes pass through as they were written.</summary>
    Json,

    /// <summary><c>application/x-www-form-urlencoded</c>.</summary>
    Form,

    /// <summary><c>multipart/form-data</c> (or another multipart type).</summary>
    Multipart,

    /// <summary>Text: a string argument, sent as UTF-8.</summary>
    Text,

    /// <summary>Bytes: a string argument holding base64 or a <c>data:</c> URI (RFC 2397).</summary>
    Binary,
}

/// <summary>One member of an object body.</summary>
/// <param name="Name">The name on the wire.</param>
/// <param name="Argument">The member of the call's arguments that holds the value.</param>
/// <param name="Required">Whether the body is refused without it.</param>
/// <param name="Encoding">For form and multipart bodies, how the value is written; <see langword="null"/> for the default
/// of its kind.</param>
public sealed record RequestBodyMember(string Name, string Argument, bool Required = false, BodyEncoding? Encoding = null);

/// <summary>OpenAPI's Encoding Object for one member of a form or multipart body.</summary>
/// <param name="ContentType">Media type of the part, or <see langword="null"/> for the default (text for scalars, JSON for
/// objects, <c>application/octet-stream</c> for files).</param>
/// <param name="Style">Style of a form member; <see langword="null"/> when <paramref name="ContentType"/> decides.</param>
/// <param name="Explode">Explode of a form member.</param>
/// <param name="AllowReserved">Whether reserved characters of a form member go out unescaped.</param>
/// <param name="IsFile">Whether the value is a file: base64, a <c>data:</c> URI, or an object with <c>name</c> and
/// <c>content</c>.</param>
/// <param name="Headers">Part headers with constant or argument-given values: name → argument.</param>
public sealed record BodyEncoding(
    string? ContentType = null,
    ParameterStyle? Style = null,
    bool Explode = true,
    bool AllowReserved = false,
    bool IsFile = false,
    IReadOnlyDictionary<string, string>? Headers = null);
