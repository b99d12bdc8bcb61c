using NeonPanel.Mcp.Generator.Catalog;
using NSwag;
using NSwag.CodeGeneration.OperationNameGenerators;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>Supplies the model's names of classes and methods to NSwag.</summary>
internal sealed class OperationNames : IOperationNameGenerator
{
    private readonly Dictionary<(string, string), OperationModel> operations;

    public OperationNames(IEnumerable<OperationModel> operations) =>
        this.operations = operations.ToDictionary(operation => Key(operation.Path, operation.Method));

    public bool SupportsMultipleClients => true;

    /// <summary>Returns the client class of an operation.</summary>
    public string ClientOf(TypedOperation operation) => operations[Key(operation.Path, operation.Method)].ClientName;

    public string GetClientName(OpenApiDocument document, string path, string httpMethod, OpenApiOperation operation) =>
        operations[Key(path, httpMethod)].ClientName;

    public string GetOperationName(
        OpenApiDocument document,
        string path,
        string httpMethod,
        OpenApiOperation operation
    ) => operations[Key(path, httpMethod)].MethodName;

    private static (string, string) Key(string path, string method) => (path.TrimStart('/'), method.ToUpperInvariant());
}
