using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Publishing;

namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>The verb <c>publish</c>: writes the files for the directories into a folder. A directory that would refuse
/// the server gets no files, so that nobody submits them.</summary>
internal static class PublishCommand
{
    public static int Run(
        Listing listing,
        IReadOnlyList<string> directories,
        string folder,
        TextWriter output,
        TextWriter errors
    )
    {
        if (
            !Uri.TryCreate(listing.Address, UriKind.Absolute, out var address)
            || address.Scheme is not ("https" or "http")
        )
        {
            errors.WriteLine(
                (
                    listing.Address.Length == 0
                        ? "'publish' has no address of the server"
                        : $"The address is '{listing.Address}'"
                ) + "; --address https://mcp.example.com, or 'address' in the file of --publish, is expected."
            );
            return ExitCodes.Usage;
        }

        var isRefused = false;
        var files = new List<(string File, string Text)>();
        foreach (var directory in directories)
        {
            var faults = Directories.Check(directory, listing).Where(item => item.Severity == Severity.Error).ToList();
            if (CommandLine.Report(faults, errors))
            {
                isRefused = true;
                errors.WriteLine($"{directory}: no files, because of the errors above.");
            }
            else
            {
                files.AddRange(PublishFolder.Of(directory, listing));
            }
        }

        files.AddRange(PublishFolder.Common(listing));
        Disk.WriteTogether(files.Select(file => (Path.Combine(folder, file.File), Disk.Utf8.GetBytes(file.Text))));
        foreach (var (file, _) in files)
        {
            output.WriteLine(Path.Combine(folder, file));
        }

        return isRefused ? ExitCodes.Faults : ExitCodes.Success;
    }
}
