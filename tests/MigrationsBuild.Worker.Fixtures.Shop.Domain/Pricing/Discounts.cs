using Shop.Domain.Models;

namespace Shop.Domain.Pricing;

public interface IDiscount
{
    string Name { get; }

    decimal Of(Order order);

    string Describe(Order order) => $"{Name}: {Of(order)}";
}

public sealed class TierDiscount : IDiscount
{
    public string Name => "tier";

    public decimal Of(Order order)
    {
        var rate = order.Customer?.Tier switch
        {
            CustomerTier.Gold => 0.05m,
            CustomerTier.Platinum => 0.1m,
            _ => 0m,
        };
        return order.Total() * rate;
    }
}

public sealed class VolumeDiscount : IDiscount
{
    private const int Threshold = 20;

    public string Name => "volume";

    public decimal Of(Order order)
    {
        var count = 0;
        foreach (var line in order.Lines)
            count += line.Quantity;
        return count > Threshold ? order.Total() * 0.03m : 0;
    }
}

public sealed class PriceList
{
    private readonly List<IDiscount> _discounts = [new TierDiscount(), new VolumeDiscount()];

    public decimal PriceOf(Order order)
    {
        var total = order.Total();
        foreach (var discount in _discounts)
            total -= discount.Of(order);
        return Math.Max(total, 0);
    }

    public IEnumerable<string> Explain(Order order)
    {
        foreach (var discount in _discounts)
        {
            if (discount.Of(order) > 0)
                yield return discount.Describe(order);
        }
    }
}
