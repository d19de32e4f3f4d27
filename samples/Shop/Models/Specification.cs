namespace Shop.Models;

/// <summary>A JSON document in the product's row.</summary>
public class Specification
{
    public string? Material { get; set; }

    public string? Colour { get; set; }

    public int? WeightInGrams { get; set; }
}
