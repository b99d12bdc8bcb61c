using System.Text;
using NeonPanel.Mcp.Generator.Diagnostics;

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
