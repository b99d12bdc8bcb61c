using NeonPanel.Mcp.Generator.Texts;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Texts;

internal sealed class EchoTextTests
{
    [TestCase("Target price.", "target_price")]
    [TestCase("The price of the target", "targetPrice")]
    [TestCase("Page number.", "page")]
    [TestCase("SKU", "sku")]
    [TestCase("Fnsku code.", "FNSKUCode")]
    [TestCase("Line 2.", "line2")]
    [TestCase("Название.", "название")]
    public void Repeats_WithATextThatOnlySaysTheName_IsTrue(string text, string name) =>
        Assert.That(EchoText.Repeats(text, name), Is.True);

    [TestCase("", "price")]
    [TestCase(".", "price")]
    [TestCase("The", "the_price")]
    [TestCase("Price of one unit.", "price")]
    [TestCase("Prices.", "price")]
    [TestCase("Price in %.", "price")]
    [TestCase("Price = amount.", "price_amount")]
    [TestCase("Target price.", "")]
    [TestCase("Per page.", "page")]
    public void Repeats_WithATextThatSaysMore_IsFalse(string text, string name) =>
        Assert.That(EchoText.Repeats(text, name), Is.False);
}
