using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Diagnostics;

/// <summary>An expected failure: it ends the verb and is shown as its diagnostic, without a stack trace.</summary>
public sealed class MigrationsException : Exception
{
    /// <summary>A failure that <paramref name="diagnostic"/> describes.</summary>
    public MigrationsException(Diagnostic diagnostic, Exception? inner = null)
        : base(diagnostic.Text, inner) => Diagnostic = diagnostic;

    /// <summary>A failure that no command fixes.</summary>
    public MigrationsException(DiagnosticCode code, string message, Location? location = null, Exception? inner = null)
        : this(new Diagnostic(code, message, location), inner)
    {
    }

    /// <summary>A failure with the command that fixes it.</summary>
    public MigrationsException(DiagnosticCode code, string message, Hint hint, Location? location = null, Exception? inner = null)
        : this(new Diagnostic(code, message, hint, location), inner)
    {
    }

    /// <summary>The description of the failure.</summary>
    public Diagnostic Diagnostic { get; }
}
