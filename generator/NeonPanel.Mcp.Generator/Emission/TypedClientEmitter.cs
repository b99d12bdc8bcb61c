using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Model;
using NJsonSchema;
using NJsonSchema.CodeGeneration;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration;
using NSwag.CodeGeneration.CSharp;
using NSwag.CodeGeneration.OperationNameGenerators;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>Writes the typed half of the client classes with NSwag.</summary>
internal static class TypedClientEmitter
{
    /// <summary>Reserved words of C#, and the one name that every method gives to a parameter of its own.</summary>
    private static readonly HashSet<string> Keywords = new(
        ("abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else " +
        "enum event explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock long " +
        "namespace new null object operator out override params private protected public readonly ref return sbyte sealed short " +
        "sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual " +
        "void volatile while cancellationToken body").Split(' '),
        StringComparer.Ordinal);

    public static GeneratedFile Emit(JsonObject document, IReadOnlyList<OperationModel> operations, string @namespace)
    {
        var typed = operations.Where(TypedDocument.CanWrite).ToList();
        var json = JsonText.Compact(TypedDocument.Prepare(document, typed));
        var parsed = OpenApiDocument.FromJsonAsync(json).GetAwaiter().GetResult();
        var settings = new CSharpClientGeneratorSettings
        {
            ClassName = "{controller}",
            OperationNameGenerator = new ModelNames(typed),
            ParameterNameGenerator = new ArgumentNames(),
            InjectHttpClient = true,
            DisposeHttpClient = false,
            UseBaseUrl = false,
            GenerateOptionalParameters = true,
            GenerateClientInterfaces = false,
            ParameterArrayType = "System.Collections.Generic.IEnumerable",
            ResponseArrayType = "System.Collections.Generic.List",
        };
        settings.CSharpGeneratorSettings.Namespace = @namespace + ".Client";
        settings.CSharpGeneratorSettings.JsonLibrary = CSharpJsonLibrary.SystemTextJson;
        settings.CSharpGeneratorSettings.ClassStyle = CSharpClassStyle.Poco;
        settings.CSharpGeneratorSettings.GenerateNullableReferenceTypes = true;
        settings.CSharpGeneratorSettings.GenerateOptionalPropertiesAsNullable = true;
        settings.CSharpGeneratorSettings.GenerateDataAnnotations = false;
        settings.CSharpGeneratorSettings.PropertyNameGenerator = new MemberNames();
        settings.CSharpGeneratorSettings.NumberType = "decimal";
        settings.CSharpGeneratorSettings.NumberDecimalType = "decimal";
        settings.CSharpGeneratorSettings.ArrayType = "System.Collections.Generic.List";
        settings.CSharpGeneratorSettings.ArrayInstanceType = "System.Collections.Generic.List";
        var text = new CSharpClientGenerator(parsed, settings).GenerateFile();
        return new("Client/TypedClients.g.cs", text.Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    private static string Pascal(string name)
    {
        var words = string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var pascal = string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return pascal.Length > 0 && char.IsAsciiLetter(pascal[0]) ? pascal : "N" + pascal;
    }

    private sealed class MemberNames : IPropertyNameGenerator
    {
        public string Generate(JsonSchemaProperty property) =>
            property.Name == "additionalProperties" ? "AdditionalPropertiesMember" : Pascal(property.Name);
    }

    private sealed class ArgumentNames : IParameterNameGenerator
    {
        public string Generate(OpenApiParameter parameter, IEnumerable<OpenApiParameter> allParameters)
        {
            var name = Pascal(parameter.Name);
            name = char.ToLowerInvariant(name[0]) + name[1..];
            return Keywords.Contains(name) ? name + "Value" : name;
        }
    }

    private sealed class ModelNames(IReadOnlyList<OperationModel> operations) : IOperationNameGenerator
    {
        public bool SupportsMultipleClients => true;

        public string GetClientName(OpenApiDocument document, string path, string httpMethod, OpenApiOperation operation) =>
            Find(path, httpMethod).ClientName;

        public string GetOperationName(OpenApiDocument document, string path, string httpMethod, OpenApiOperation operation) =>
            Find(path, httpMethod).MethodName;

        private OperationModel Find(string path, string method) => operations.First(operation =>
            operation.Path.TrimStart('/') == path.TrimStart('/') && string.Equals(operation.Method, method, StringComparison.OrdinalIgnoreCase));
    }
}
