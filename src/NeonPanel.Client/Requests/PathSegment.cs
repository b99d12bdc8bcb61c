namespace NeonPanel.Client.Requests;

/// <summary>A value in the path of a typed method's request.</summary>
public static class PathSegment
{
    /// <summary>Escapes the value, which may not make the path another one: <see cref="Uri"/> folds dot segments, and an empty
    /// value leaves one out.</summary>
    /// <param name="value">The value as text.</param>
    /// <param name="parameter">What the method calls it.</param>
    /// <exception cref="ArgumentException">It is empty, <c>.</c> or <c>..</c>.</exception>
    public static string Escape(string value, string parameter) => value is "" or "." or ".."
        ? throw new ArgumentException($"A value of the path must be text that is not empty, '.' or '..', but is '{value}'.", parameter)
        : Uri.EscapeDataString(value);
}
