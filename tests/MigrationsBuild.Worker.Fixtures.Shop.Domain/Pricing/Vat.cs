namespace Shop.Domain.Pricing;

/// <summary>Rates of value-added tax. The model has them as rows.</summary>
public static class Vat
{
    public static IEnumerable<(string Country, string Kind, decimal Rate)> Rates()
    {
        foreach (var (country, rate) in Standard)
        {
            yield return (country, "standard", rate);
            if (Reduced(country) is { } reduced)
                yield return (country, "reduced", reduced);
        }
    }

    private static readonly (string Country, decimal Rate)[] Standard = [("CH", 8.1m), ("AT", 20m), ("DE", 19m)];

    private static decimal? Reduced(string country) => country switch
    {
        "CH" => 2.6m,
        "AT" => 10m,
        "DE" => 7m,
        _ => null,
    };

    public static decimal Gross(decimal net, string country)
    {
        foreach (var (candidate, rate) in Standard)
        {
            if (candidate == country)
                return net * (1 + (rate / 100));
        }

        return net;
    }
}
