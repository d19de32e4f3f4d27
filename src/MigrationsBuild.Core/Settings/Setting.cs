using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Settings;

/// <summary>A setting of a project: an MSBuild property that counts in project files and in <c>-p:</c>, and nowhere else.</summary>
/// <param name="Property">The property.</param>
/// <param name="Default">The value without it; empty if there is none, or if it follows from something else.</param>
/// <param name="Summary">What it sets, in a few words.</param>
public abstract record Setting(string Property, string Default, string Summary)
{
    /// <summary>What a text is wrong with.</summary>
    /// <param name="text">The property's value; empty if it isn't set.</param>
    /// <returns>The error; <see langword="null"/> if the text is a value of this setting.</returns>
    public abstract Diagnostic? Check(string text);
}

/// <summary>A setting whose value has a type.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="Property">The property.</param>
/// <param name="Form">What its value looks like.</param>
/// <param name="Default">The value without it; empty if there is none, or if it follows from something else.</param>
/// <param name="Summary">What it sets, in a few words.</param>
public sealed record Setting<T>(string Property, SettingForm<T> Form, string Default, string Summary) : Setting(Property, Default, Summary)
{
    /// <summary>The value of a text.</summary>
    /// <param name="text">The property's value; the default counts if it is empty.</param>
    /// <exception cref="MigrationsException">The text is no value of this setting.</exception>
    public T Parse(string text)
    {
        return Form.TryParse(text.Length > 0 ? text : Default, out var value) ? value : throw new MigrationsException(Wrong(text));
    }

    /// <summary>The value of a text, of a setting whose default follows from something else.</summary>
    /// <param name="text">The property's value.</param>
    /// <param name="otherwise">The value if the property isn't set.</param>
    /// <exception cref="MigrationsException">The text is no value of this setting.</exception>
    public T Parse(string text, T otherwise) => text.Length > 0 ? Parse(text) : otherwise;

    /// <inheritdoc/>
    public override Diagnostic? Check(string text) => text.Length == 0 || Form.TryParse(text, out _) ? null : Wrong(text);

    private Diagnostic Wrong(string text)
    {
        // A person who puts a connection string where its variable's name belongs must not find it in a log.
        var value = Form.ShowsValue ? $"{Property} is {Quote(Secrets.Mask(text))}" : $"The value of {Property} can't be used";
        return new(DiagnosticCodes.InvalidSetting, $"{value}. It must be {Form.Description} ({Summary}).");
    }

    /// <summary>MSBuild keeps spaces in a property, and its conditions then take it for another value. A person doesn't see them.</summary>
    private static string Quote(string text) => text.Trim() == text ? text : $"\"{text}\"";
}
