using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Messages;

/// <summary>
/// Writes a record into a message and reads it again: a field for each property that can be set, in one loop, so that no property can be
/// forgotten. The field's name is the property's in kebab case; those of a record within the record follow its name and a dot.
/// A property that holds a list of records is left out: each of these is a message of its own.
/// </summary>
public static class RecordFields
{
    /// <summary>Adds a record.</summary>
    /// <param name="line">The message.</param>
    /// <param name="record">The record; nothing is added for <see langword="null"/>.</param>
    /// <param name="prefix">The beginning of the fields' names.</param>
    /// <returns>The message.</returns>
    public static MessageLine WithRecord(this MessageLine line, object? record, string prefix = "")
    {
        if (record is null)
            return line;
        foreach (var property in record.GetType().GetProperties())
        {
            if (!IsStored(property))
                continue;
            var name = prefix + Kebab(property.Name);
            switch (property.GetValue(record))
            {
                case string text:
                    line.With(name, text);
                    break;
                case bool flag:
                    line.With(name, flag ? "true" : "false");
                    break;
                case int number:
                    line.With(name, number);
                    break;
                case TimeSpan time:
                    line.With(name, time.ToString("c", CultureInfo.InvariantCulture));
                    break;
                case Enum word:
                    line.With(name, word.ToString());
                    break;
                case Arguments arguments:
                    foreach (var argument in arguments)
                        line.With(name + "." + argument.Property, argument.Value);
                    break;
                case IEnumerable<string> texts:
                    foreach (var text in texts)
                        line.With(name, text);
                    break;
                case { } nested when IsRecord(nested.GetType()):
                    line.WithRecord(nested, name + ".");
                    break;
                default:
                    break;
            }
        }

        return line;
    }

    /// <summary>Reads a record.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="line">A message that <see cref="WithRecord"/> made.</param>
    /// <returns>The record; its lists of records are empty.</returns>
    /// <exception cref="InvalidOperationException">A value is missing or has the wrong type.</exception>
    public static T ReadRecord<T>(this MessageLine line) => (T)Read(line, typeof(T), "");

    /// <summary>Reads a record of a file that another version may have written, or that may be damaged.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="line">A message.</param>
    /// <returns>The record; <see langword="null"/> if a value is missing or has the wrong type.</returns>
    public static T? TryReadRecord<T>(this MessageLine line)
        where T : class
    {
        try
        {
            return line.ReadRecord<T>();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Reads a record within the message.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="line">A message that <see cref="WithRecord"/> made.</param>
    /// <param name="prefix">The beginning of the fields' names.</param>
    /// <returns>The record; <see langword="null"/> if the message has no such fields.</returns>
    /// <exception cref="InvalidOperationException">A value is missing or has the wrong type.</exception>
    public static T? FindRecord<T>(this MessageLine line, string prefix)
        where T : class => line.Fields.Any(field => field.Name.StartsWith(prefix, StringComparison.Ordinal))
            ? (T)Read(line, typeof(T), prefix)
            : null;

    private static object Read(MessageLine line, Type type, string prefix)
    {
        var constructor = type.GetConstructors().OrderByDescending(candidate => candidate.GetParameters().Length).First();
        var record = constructor.Invoke(
            [.. constructor.GetParameters().Select(parameter => Argument(line, parameter, prefix + Kebab(parameter.Name!)))]);
        foreach (var property in type.GetProperties())
        {
            if (IsStored(property) && Value(line, property.PropertyType, prefix + Kebab(property.Name)) is { } value)
                property.SetValue(record, value);
        }

        return record;
    }

    /// <summary>The value of a constructor's parameter, or its default.</summary>
    private static object? Argument(MessageLine line, ParameterInfo parameter, string name)
    {
        if (Value(line, parameter.ParameterType, name) is { } value)
            return value;
        if (parameter.HasDefaultValue)
            return parameter.DefaultValue;
        if (parameter.ParameterType.IsValueType || IsNullable(parameter))
            return null;
        return Empty(parameter.ParameterType) ?? throw new InvalidOperationException($"The value \"{name}\" is missing.");
    }

    /// <summary>A value; <see langword="null"/> if the message doesn't have it.</summary>
    private static object? Value(MessageLine line, Type type, string name)
    {
        if (type == typeof(Arguments))
        {
            return line.Fields.Where(field => field.Name.StartsWith(name + ".", StringComparison.Ordinal))
                .Aggregate(Arguments.None, (arguments, field) => arguments.With(field.Name.Substring(name.Length + 1), field.Value));
        }

        if (type == typeof(IReadOnlyList<string>))
            return line.All(name);
        if (IsRecord(type))
        {
            var hasFields = line.Fields.Any(field => field.Name.StartsWith(name + ".", StringComparison.Ordinal));
            return hasFields ? Read(line, type, name + ".") : null;
        }

        if (line.Find(name) is not { } text)
            return null;
        try
        {
            return type switch
            {
                _ when type == typeof(string) => text,
                _ when type == typeof(bool) => text == "true",
                _ when type == typeof(int) => int.Parse(text, CultureInfo.InvariantCulture),
                _ when type == typeof(TimeSpan) || type == typeof(TimeSpan?) =>
                    TimeSpan.ParseExact(text, "c", CultureInfo.InvariantCulture),
                { IsEnum: true } => Enum.Parse(type, text),
                _ => null,
            };
        }
        catch (Exception failure) when (failure is FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidOperationException($"The value \"{name}\" can't be {text}.", failure);
        }
    }

    /// <summary>Whether a property can be set and has a value of its own: one with code reads and sets another property.</summary>
    private static bool IsStored(PropertyInfo property) =>
        property.CanWrite && property.GetMethod!.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static Array? Empty(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? Array.CreateInstance(type.GetGenericArguments()[0], 0)
            : null;

    /// <summary>Whether the compiler has marked the parameter as one that may be <see langword="null"/>.</summary>
    private static bool IsNullable(ParameterInfo parameter)
    {
        var constructor = parameter.Member;
        static byte? Mark(IEnumerable<CustomAttributeData> attributes, string name) => attributes
            .FirstOrDefault(attribute => attribute.AttributeType.Name == name)?.ConstructorArguments[0].Value as byte?;
        var mark = Mark(parameter.CustomAttributes, "NullableAttribute") ?? Mark(constructor.CustomAttributes, "NullableContextAttribute");
        for (var type = constructor.DeclaringType; mark is null && type is not null; type = type.DeclaringType)
            mark = Mark(type.CustomAttributes, "NullableContextAttribute");
        return mark != 1;
    }

    private static string Kebab(string name)
    {
        var kebab = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && kebab.Length > 0)
                kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(c));
        }

        return kebab.ToString();
    }
}
