using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Diagnostics;

/// <summary>An expected failure: it ends the verb and is shown as its diagnostic, without a stack trace.</summary>
public sealed class MigrationsException : Exception
{
    /// <summary>A failure that <paramref name="diagnostic"/> describes.</summary>
    /// <param name="diagnostic">What the person sees.</param>
    /// <param name="inner">What caused it, if it was an exception.</param>
    public MigrationsException(Diagnostic diagnostic, Exception? inner = null)
        : base(diagnostic.Text, inner) => Diagnostic = diagnostic;

    /// <summary>A failure of this kind, here.</summary>
    /// <param name="code">What kind.</param>
    /// <param name="message">What is wrong, with the name of the thing, and why if that is not obvious.</param>
    /// <param name="place">Where, if there is such a place.</param>
    /// <param name="inner">What caused it, if it was an exception.</param>
    public MigrationsException(DiagnosticCode code, string message, Place? place = null, Exception? inner = null)
        : this(new Diagnostic(code, message, place), inner)
    {
    }

    /// <summary>A failure of this kind, with the command that fixes it.</summary>
    /// <param name="code">What kind.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="hint">The command.</param>
    /// <param name="place">Where, if there is such a place.</param>
    /// <param name="inner">What caused it, if it was an exception.</param>
    public MigrationsException(DiagnosticCode code, string message, Hint hint, Place? place = null, Exception? inner = null)
        : this(new Diagnostic(code, message, hint, place), inner)
    {
    }

    /// <summary>What the person sees.</summary>
    public Diagnostic Diagnostic { get; }
}
