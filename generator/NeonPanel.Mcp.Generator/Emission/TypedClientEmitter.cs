using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Model;
using NeonPanel.Mcp.Generator.Reading;
using NJsonSchema;
using NJsonSchema.CodeGeneration;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration;
using NSwag.CodeGeneration.CSharp;
using NSwag.CodeGeneration.OperationNameGenerators;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>Writes the typed half of the client classes with NSwag.</summary>
internal static partial class TypedClientEmitter
{
    /// <summary>Reserved words of C#, and the one name that every method gives to a parameter of its own.</summary>
    private static readonly HashSet<string> Keywords = new(
        ("abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else " +
        "enum event explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock long " +
        "namespace new null object operator out override params private protected public readonly ref return sbyte sealed short " +
        "sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual " +
        "void volatile while cancellationToken").Split(' '),
        StringComparer.Ordinal);

    /// <summary>Members of every object, and the one that NSwag adds.</summary>
    private static readonly HashSet<string> ReservedMembers =
        ["AdditionalProperties", "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString"];

    public static GeneratedFile Emit(SpecificationDocument document, IReadOnlySet<OperationModel> typed, string @namespace)
    {
        var json = JsonText.Compact(TypedDocument.Make(document, typed));
        var parsed = OpenApiDocument.FromJsonAsync(json).GetAwaiter().GetResult();
        var settings = new CSharpClientGeneratorSettings
        {
            ClassName = "{controller}",
            OperationNameGenerator = new ModelNames(typed),
            ParameterNameGenerator = new ParameterNames(),
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
        settings.CSharpGeneratorSettings.PropertyNameGenerator = new MemberNames(parsed.Definitions);
        settings.CSharpGeneratorSettings.TypeNameGenerator = new GivenNames();
        settings.CSharpGeneratorSettings.NumberType = "decimal";
        settings.CSharpGeneratorSettings.NumberDecimalType = "decimal";
        settings.CSharpGeneratorSettings.ArrayType = "System.Collections.Generic.List";
        settings.CSharpGeneratorSettings.ArrayInstanceType = "System.Collections.Generic.List";
        var text = new CSharpClientGenerator(parsed, settings).GenerateFile().Replace("\r\n", "\n", StringComparison.Ordinal);
        return new("Client/TypedClients.g.cs", PathValue().Replace(text, "$1global::NeonPanel.Client.Requests.PathSegment.Escape($2, nameof($3))"));
    }

    // NSwag escapes a value of the path, and would send '..' all the same (rule D4).
    [GeneratedRegex(@"^( *urlBuilder_\.Append\()System\.Uri\.EscapeDataString\((ConvertToString\((@?\w+), System\.Globalization\.CultureInfo\.InvariantCulture\))\)(?=\);$)", RegexOptions.Multiline)]
    private static partial Regex PathValue();

    /// <summary>The types have their names already.</summary>
    private sealed class GivenNames : ITypeNameGenerator
    {
        public string Generate(JsonSchema schema, string? typeNameHint, IEnumerable<string> reservedTypeNames) => typeNameHint ?? "Anonymous";
    }

    /// <summary>Members of a type, told apart from each other, from the type, and from what every object has.</summary>
    private sealed class MemberNames : IPropertyNameGenerator
    {
        private readonly Dictionary<JsonSchemaProperty, string> names = [];

        public MemberNames(IDictionary<string, JsonSchema> types)
        {
            foreach (var (typeName, type) in types)
            {
                foreach (var (property, name) in NameAssignment.Assign(
                    type.Properties.Values.Select(property => (property, Candidates(property.Name))),
                    name => name == typeName || ReservedMembers.Contains(name),
                    StringComparer.Ordinal))
                {
                    names[property] = name;
                }
            }
        }

        public string Generate(JsonSchemaProperty property) =>
            names.TryGetValue(property, out var name) ? name : Identifier.Pascal(property.Name);

        private static IReadOnlyList<string> Candidates(string wireName)
        {
            var name = Identifier.Pascal(wireName);
            return [name, name + "Value", name + Identifier.Hash(wireName)];
        }
    }

    private sealed class ParameterNames : IParameterNameGenerator
    {
        // Asked for one by one; all of an operation are named at once.
        private readonly Dictionary<OpenApiParameter, string> names = new(ReferenceEqualityComparer.Instance);

        public string Generate(OpenApiParameter parameter, IEnumerable<OpenApiParameter> allParameters)
        {
            if (!names.TryGetValue(parameter, out var name))
            {
                foreach (var (other, assigned) in NameAssignment.Assign(
                    allParameters.Append(parameter).Distinct().Select(other => (other, Candidates(other))), Keywords.Contains, StringComparer.Ordinal))
                {
                    names[other] = assigned;
                }

                name = names[parameter];
            }

            return name;
        }

        private static IReadOnlyList<string> Candidates(OpenApiParameter parameter)
        {
            if (parameter.Kind == OpenApiParameterKind.Body)
            {
                return ["body", "bodyValue"];
            }

            var name = Identifier.Pascal(parameter.Name);
            name = char.ToLowerInvariant(name[0]) + name[1..];
            return [name, name + "Value", name + Identifier.Hash(parameter.Kind + " " + parameter.Name)];
        }
    }

    private sealed class ModelNames : IOperationNameGenerator
    {
        private readonly Dictionary<(string, string), OperationModel> operations;

        public ModelNames(IEnumerable<OperationModel> operations) =>
            this.operations = operations.ToDictionary(operation => Key(operation.Path, operation.Method));

        public bool SupportsMultipleClients => true;

        public string GetClientName(OpenApiDocument document, string path, string httpMethod, OpenApiOperation operation) =>
            operations[Key(path, httpMethod)].ClientName;

        public string GetOperationName(OpenApiDocument document, string path, string httpMethod, OpenApiOperation operation) =>
            operations[Key(path, httpMethod)].MethodName;

        private static (string, string) Key(string path, string method) => (path.TrimStart('/'), method.ToUpperInvariant());
    }
}
