using System.Runtime.Versioning;

namespace NeonPanel.Mcp.Deploy.Tests.Build;

/// <summary>Stands first on the PATH under the name <c>dotnet</c>, and writes down what it is called with.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class RecordingDotnet : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("dotnet-").FullName;
    private readonly string path = Environment.GetEnvironmentVariable("PATH")!;

    /// <param name="failing">The verb whose call fails.</param>
    /// <param name="code">With which exit code.</param>
    public RecordingDotnet(string failing = "none", int code = 0)
    {
        var file = Path.Combine(folder, "dotnet");
        File.WriteAllText(
            file,
            $"""
            #!/bin/sh
            echo "$PWD> $*" >> "{folder}/calls"
            [ "$1" != {failing} ] || exit {code}
            """.ReplaceLineEndings("\n")
        );
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("PATH", folder + Path.PathSeparator + path);
    }

    /// <summary>Gets the calls, each <c>folder&gt; arguments</c>.</summary>
    public IReadOnlyList<string> Calls =>
        File.Exists(Path.Combine(folder, "calls")) ? File.ReadAllLines(Path.Combine(folder, "calls")) : [];

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", path);
        Directory.Delete(folder, recursive: true);
    }
}
