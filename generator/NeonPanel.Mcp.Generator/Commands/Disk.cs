using System.Text;
using NeonPanel.Mcp.Generator.Diagnostics;

namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>Files in and out.</summary>
internal static class Disk
{
    public static UTF8Encoding Utf8 { get; } = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Reads a file, or standard input for <c>-</c>.</summary>
    /// <exception cref="FaultException">It cannot be read.</exception>
    public static InputFile Read(string file, TextReader input)
    {
        try
        {
            return new(file, file == "-" ? Utf8.GetBytes(input.ReadToEnd()) : File.ReadAllBytes(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FaultException(new(DiagnosticIds.Unreadable, Severity.Error, file, "",
                "The file cannot be read: " + (File.Exists(file) ? exception.Message : "there is no such file.")));
        }
    }

    /// <summary>Writes a file unless it holds just that: an unchanged file keeps its time, so that the compiler has nothing
    /// to do.</summary>
    public static bool WriteIfChanged(string file, byte[] bytes)
    {
        if (File.Exists(file) && File.ReadAllBytes(file).AsSpan().SequenceEqual(bytes))
        {
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllBytes(file, bytes);
        return true;
    }

    /// <summary>Writes several files beside their places first, so that a full disk or a missing right leaves all as they were, and
    /// moves them there last.</summary>
    public static void WriteTogether(IReadOnlyList<(string File, byte[] Bytes)> files)
    {
        var moves = new List<(string From, string To)>();
        try
        {
            foreach (var (file, bytes) in files.Where(item => !File.Exists(item.File) || !File.ReadAllBytes(item.File).AsSpan().SequenceEqual(item.Bytes)))
            {
                var beside = file + ".new";
                moves.Add((beside, file));
                File.WriteAllBytes(beside, bytes);
            }

            foreach (var (from, to) in moves)
            {
                File.Move(from, to, overwrite: true);
            }
        }
        finally
        {
            foreach (var (from, _) in moves)
            {
                File.Delete(from);
            }
        }
    }
}
