using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Settings;

/// <summary>A setting of a project: an MSBuild property in a project file or in <c>-p:</c>, but never in the environment.</summary>
/// <param name="Property">The property.</param>
/// <param name="Default">The default value; empty if there is none, or if it depends on something else.</param>
/// <param name="Summary">A short description.</param>
public abstract record Setting(string Property, string Default, string Summary)
{
    /// <summary>The error in a value.</summary>
    /// <param name="text">The value of the property; empty if it isn't set.</param>
    /// <returns>The error; <see langword="null"/> if the value is valid.</returns>
    public abstract Diagnostic? Check(string text);
}

/// <summary>A setting whose value has a type.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="Property">The property.</param>
/// <param name="Form">The form of its values.</param>
/// <param name="Default">The default value; empty if there is none, or if it depends on something else.</param>
/// <param name="Summary">A short description.</param>
public sealed record Setting<T>(string Property, SettingForm<T> Form, string Default, string Summary) : Setting(Property, Default, Summary)
{
    /// <summary>Reads a value.</summary>
    /// <param name="text">The value of the property; empty for the default.</param>
    /// <exception cref="MigrationsException">The value is invalid.</exception>
    public T Parse(string text)
    {
        return Form.TryParse(text.Length > 0 ? text : Default, out var value) ? value : throw new MigrationsException(Wrong(text));
    }

    /// <summary>Reads a value of a setting whose default depends on something else.</summary>
    /// <param name="text">The value of the property.</param>
    /// <param name="otherwise">The default, if the property isn't set.</param>
    /// <exception cref="MigrationsException">The value is invalid.</exception>
    public T Parse(string text, T otherwise) => text.Length > 0 ? Parse(text) : otherwise;

    /// <inheritdoc/>
    public override Diagnostic? Check(string text) => text.Length == 0 || Form.TryParse(text, out _) ? null : Wrong(text);

    private Diagnostic Wrong(string text)
    {
        // A connection string in place of the name of its variable must not get into a log.
        var value = Form.ShowsValue ? $"{Property} is {Quote(Secrets.Mask(text))}" : $"The value of {Property} can't be used";
        return new(DiagnosticCodes.InvalidSetting, $"{value}. It must be {Form.Description} ({Summary}).");
    }

    /// <summary>The value in quotes if it begins or ends with spaces, which MSBuild keeps and a reader can't see.</summary>
    private static string Quote(string text) => text.Trim() == text ? text : $"\"{text}\"";
}
