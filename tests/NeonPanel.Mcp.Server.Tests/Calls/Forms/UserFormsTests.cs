using System.Text;
using System.Text.Json;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Calls.Forms;
using NeonPanel.Mcp.Server.Instances;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls.Forms;

/// <summary>Large files are not among the arguments of a call. The state of a form is bound to them too.</summary>
internal sealed class UserFormsTests
{
    private readonly UserForms forms = new(
        new FormOptions(IsOn: true, InSessions: true),
        new FormStates(new SignedText(new StateKey(new byte[32]), TimeProvider.System))
    );

    [TestCase("AAAA", true)]
    [TestCase("AAAB", false)]
    [TestCase(null, false)]
    public void Of_StateOfACallWithFiles_NeedsTheSameFiles(string? second, bool isSame)
    {
        var state = Of(FilesOf("AAAA"), null)!.Ask([]).Form!.State;
        var reply = new FormReply(state, default);
        var again = second is null ? null : FilesOf(second);
        Assert.That(
            () => Of(again, reply),
            isSame ? Throws.Nothing : Throws.TypeOf<FormFaultException>().With.Message.Contains("another call")
        );
    }

    private CallForms? Of(AttachedFiles? files, FormReply? reply)
    {
        var tool = GeneratedCatalog.Create().Tools.Single(known => known.Name == "deleteProduct");
        return forms.Of(tool, "user", JsonElement.Parse("{}"u8), files, canShow: true, reply);
    }

    private static AttachedFiles FilesOf(string base64)
    {
        var files = new AttachedFiles();
        Assert.That(files.TryAdd(Encoding.UTF8.GetBytes(base64), out _), Is.True);
        return files;
    }
}
