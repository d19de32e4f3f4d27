namespace Bookshop.Models;

/// <summary>A row of a view.</summary>
public class ShelfValue
{
    public required string Shelf { get; set; }

    public decimal Value { get; set; }
}
