namespace MigrationsBuild.Diagnostics;

/// <summary>A failure that was to be expected: it ends the verb and is shown as its diagnostic, without a stack trace.</summary>
public sealed class MigrationsException : Exception
{
    /// <summary>A failure that <paramref name="diagnostic"/> describes.</summary>
    /// <param name="diagnostic">What the person sees.</param>
    /// <param name="inner">What caused it, if it was an exception.</param>
    public MigrationsException(Diagnostic diagnostic, Exception? inner = null)
        : base(diagnostic.Message, inner) => Diagnostic = diagnostic;

    /// <summary>A failure of this kind, here.</summary>
    /// <param name="code">What kind.</param>
    /// <param name="message">What happened, to what, and the command that mends it.</param>
    /// <param name="place">Where, if there is such a place.</param>
    /// <param name="inner">What caused it, if it was an exception.</param>
    public MigrationsException(DiagnosticCode code, string message, Place? place = null, Exception? inner = null)
        : this(new Diagnostic(code, message, place), inner)
    {
    }

    /// <summary>What the person sees.</summary>
    public Diagnostic Diagnostic { get; }
}
