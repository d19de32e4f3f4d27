namespace Bookshop.Models;

public class StockItem
{
    public int Id { get; set; }

    public int BookId { get; set; }

    public Book? Book { get; set; }

    public required string Shelf { get; set; }

    public int Quantity { get; set; }

    public decimal UnitCost { get; set; }

    public decimal Value { get; private set; }

    public string[] Tags { get; set; } = [];

    public int[]? WeeklySales { get; set; }

    public string Labels { get; set; } = "{}";
}
