using System.Buffers.Text;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using NeonPanel.Mcp.Server.Instances;
using NeonPanel.Mcp.Server.Settings;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Instances;

/// <summary>Texts that a client keeps for the server: who may send them back, and for how long.</summary>
internal sealed class SignedTextTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly FakeTimeProvider time = new();

    [Test]
    public void Read_OnAnotherInstanceWithTheKey_ReturnsTheContent()
    {
        var text = Of(Secret).Write("task", "user", Life, "content"u8);
        Assert.That(Of(Secret).Read("task", "user", text, out var content), Is.EqualTo(SignedTextState.Valid));
        Assert.That(Encoding.UTF8.GetString(content), Is.EqualTo("content"));
        // 1 + 8 + 16 + 7 + 32 bytes as base64.
        Assert.That(text, Does.Match("^[A-Za-z0-9_-]{86}$"));
    }

    [TestCase("task", "other", SignedTextState.Foreign)]
    [TestCase("form", "user", SignedTextState.Forged)]
    public void Read_ForAnotherPurposeOrUser_IsNotValid(string purpose, string owner, SignedTextState expected)
    {
        var text = Of(Secret).Write("task", "user", Life, "content"u8);
        Assert.That(Of(Secret).Read(purpose, owner, text, out var content), Is.EqualTo(expected));
        Assert.That(content, Is.Empty);
    }

    [Test]
    public void Read_WithAnotherKey_IsForged()
    {
        var text = Of(Secret).Write("task", "user", Life, "content"u8);
        var other = Of("fedcba9876543210fedcba9876543210");
        Assert.That(other.Read("task", "user", text, out _), Is.EqualTo(SignedTextState.Forged));
    }

    [Test]
    public void Read_WithoutAKeySetting_IsValidInTheSameProcessOnly()
    {
        var (first, second) = (Of(null), Of(null));
        var text = first.Write("task", "user", Life, "content"u8);
        Assert.That(first.Read("task", "user", text, out _), Is.EqualTo(SignedTextState.Valid));
        Assert.That(second.Read("task", "user", text, out _), Is.EqualTo(SignedTextState.Forged));
    }

    [TestCase(-1, SignedTextState.Valid)]
    [TestCase(0, SignedTextState.Expired)]
    public void Read_AtTheEndOfItsLife_IsExpired(int milliseconds, SignedTextState expected)
    {
        var signed = Of(Secret);
        var text = signed.Write("task", "user", Life, "content"u8);
        time.Advance(Life + TimeSpan.FromMilliseconds(milliseconds));
        Assert.That(signed.Read("task", "user", text, out _), Is.EqualTo(expected));
    }

    // Each bit counts: version, expiry, owner, content and signature.
    [Test]
    public void Read_WithAnyBitChanged_IsNotValid()
    {
        var signed = Of(Secret);
        var bytes = Base64Url.DecodeFromChars(signed.Write("task", "user", Life, "content"u8));
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            var state = signed.Read("task", "user", Base64Url.EncodeToString(bytes), out _);
            Assert.That(state, Is.EqualTo(bit < 8 ? SignedTextState.Unreadable : SignedTextState.Forged), $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Test]
    public void Read_WithAnyCharacterMissing_IsNotValid()
    {
        var signed = Of(Secret);
        var text = signed.Write("task", "user", Life, "content"u8);
        for (var length = 0; length < text.Length; length++)
        {
            Assert.That(
                signed.Read("task", "user", text[..length], out _),
                Is.Not.EqualTo(SignedTextState.Valid),
                $"{length} characters"
            );
        }
    }

    [TestCase("")]
    [TestCase("task")]
    [TestCase("not base64 at all, but long enough to be a signed text of some kind, as it seems")]
    [TestCase("\ud800")]
    public void Read_OfAnotherText_IsUnreadable(string text) =>
        Assert.That(Of(Secret).Read("task", "user", text, out _), Is.EqualTo(SignedTextState.Unreadable));

    [Test]
    public void Read_WithPaddingOrSpaces_IsUnreadable()
    {
        var signed = Of(Secret);
        var text = signed.Write("task", "user", Life, "content"u8);
        foreach (var other in new[] { text + "==", " " + text, text + "\n" })
        {
            Assert.That(signed.Read("task", "user", other, out _), Is.EqualTo(SignedTextState.Unreadable), other);
        }
    }

    [Test]
    public void Settings_WithAShortKey_NameTheLengthAndNotTheKey()
    {
        var settings = Settings("short-secret");
        StateKey.Read(settings);
        Assert.That(
            settings.Faults,
            Is.EqualTo(
                new[]
                {
                    "Mcp:StateKey must be a secret of at least 32 characters, such as the output of 'openssl rand -hex 32', but has 12.",
                }
            )
        );
    }

    private SignedText Of(string? secret) => new(StateKey.Read(Settings(secret)), time);

    private static SettingsReader Settings(string? secret) =>
        new(
            new ConfigurationBuilder()
                .AddInMemoryCollection(new Dictionary<string, string?> { ["Mcp:StateKey"] = secret })
                .Build()
        );
}
