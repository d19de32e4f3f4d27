using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Protocol;

/// <summary>Diagnostics as messages between the parts.</summary>
public static class DiagnosticMessages
{
    /// <summary>The diagnostic as a message.</summary>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="name">The message's name.</param>
    public static MessageLine ToMessage(this Diagnostic diagnostic, string name)
    {
        var message = new MessageLine(name).With("code", diagnostic.Code.Id).With("text", diagnostic.Message);
        return diagnostic.Place is { } place
            ? message.With("file", place.File).With("line", place.Line).With("column", place.Column)
            : message;
    }

    /// <summary>Reads a diagnostic.</summary>
    /// <param name="message">A message that <see cref="ToMessage"/> made.</param>
    public static Diagnostic ToDiagnostic(this MessageLine message)
    {
        var place = message.Find("file") is { } file ? new Place(file, (int)message.Number("line"), (int)message.Number("column")) : null;
        return new Diagnostic(DiagnosticCodes.Find(message["code"]), message["text"], place);
    }
}
