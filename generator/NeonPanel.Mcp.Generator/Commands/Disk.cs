using System.Text;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>Reads and writes files.</summary>
internal static class Disk
{
    public static UTF8Encoding Utf8 { get; } = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Reads a file, or standard input for <c>-</c>.</summary>
    /// <exception cref="FaultException">The file cannot be read.</exception>
    public static InputFile Read(string file, TextReader input)
    {
        try
        {
            return new(file, file == "-" ? Utf8.GetBytes(input.ReadToEnd()) : File.ReadAllBytes(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FaultException(
                new(
                    DiagnosticIds.Unreadable,
                    Severity.Error,
                    file,
                    "",
                    "The file cannot be read: " + Reason(file, exception)
                )
            );
        }
    }

    /// <summary>Reads a specification, and the kinds of values seen in answers if their file lies beside it.</summary>
    /// <exception cref="FaultException">A file cannot be read.</exception>
    public static InputFile ReadSpecification(string file, TextReader input) =>
        Read(file, input) with
        {
            Seen = SeenBeside(file),
        };

    /// <summary>Reads the kinds of values seen in answers, which lie beside a specification.</summary>
    /// <returns><see langword="null"/> if there is no such file.</returns>
    /// <exception cref="FaultException">The file cannot be read.</exception>
    public static InputFile? SeenBeside(string specification) =>
        SeenFileOf(specification) is { } file && File.Exists(file) ? Read(file, TextReader.Null) : null;

    /// <summary>Returns the file beside a specification that contains the kinds of values seen in answers:
    /// <c>X.answers.json</c> for <c>X.openapi.json</c> or <c>X.yaml</c>.</summary>
    /// <returns><see langword="null"/> for standard input.</returns>
    public static string? SeenFileOf(string specification)
    {
        if (specification == "-")
        {
            return null;
        }

        var name = Path.GetFileNameWithoutExtension(specification);
        name = name.EndsWith(".openapi", StringComparison.Ordinal) ? name[..^".openapi".Length] : name;
        return Path.Combine(Path.GetDirectoryName(specification) ?? "", name + ".answers.json");
    }

    private static string Reason(string file, Exception exception)
    {
        if (File.Exists(file))
        {
            return exception.Message;
        }

        return Directory.Exists(file) ? "it is a folder." : "there is no such file.";
    }

    /// <summary>Writes all of the files or none: first each under a temporary name in its folder, then it moves all of
    /// them.</summary>
    /// <exception cref="FaultException">A file could not be written. The existing files are unchanged.</exception>
    public static void WriteTogether(IEnumerable<(string File, byte[] Bytes)> files)
    {
        var staged = new List<(string Temporary, string File)>();
        var replaced = new List<(string File, byte[]? Before)>();
        try
        {
            foreach (var (file, bytes) in files)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
                File.WriteAllBytes(file + ".new", bytes);
                staged.Add((file + ".new", file));
            }

            foreach (var (temporary, file) in staged)
            {
                var before = File.Exists(file) ? File.ReadAllBytes(file) : null;
                File.Move(temporary, file, overwrite: true);
                replaced.Add((file, before));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            foreach (var (file, before) in replaced)
            {
                if (before is null)
                {
                    File.Delete(file);
                }
                else
                {
                    File.WriteAllBytes(file, before);
                }
            }

            throw new FaultException(
                new(
                    DiagnosticIds.Unreadable,
                    Severity.Error,
                    staged.ElementAtOrDefault(replaced.Count).File ?? "",
                    "",
                    "The file cannot be written, and nothing was: " + exception.Message
                )
            );
        }
        finally
        {
            foreach (var (temporary, _) in staged)
            {
                File.Delete(temporary);
            }
        }
    }

    /// <summary>Writes a file unless its content is already the same. An unchanged file keeps its time, so that the
    /// compiler need not run again.</summary>
    /// <exception cref="FaultException">The file cannot be written.</exception>
    public static bool WriteIfChanged(string file, byte[] bytes) => WriteIfChanged(file, [bytes]);

    /// <summary>Does the same with a text in parts, which are made one after the other. Each part contains whole
    /// characters.</summary>
    public static bool WriteIfChanged(string file, IEnumerable<string> parts) =>
        WriteIfChanged(file, parts.Select(Utf8.GetBytes));

    private static bool WriteIfChanged(string file, IEnumerable<byte[]> parts)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            using var writer = new ChangeWriter(file);
            foreach (var part in parts)
            {
                writer.Write(part);
            }

            return writer.Finish();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FaultException(
                new(
                    DiagnosticIds.Unreadable,
                    Severity.Error,
                    file,
                    "",
                    "The file cannot be written: " + (Directory.Exists(file) ? "it is a folder." : exception.Message)
                )
            );
        }
    }
}
