namespace Bookshop.Models;

public class StockMovement
{
    public long Number { get; set; }

    public int StockItemId { get; set; }

    public StockItem? StockItem { get; set; }

    public MovementReason Reason { get; set; }

    public int Quantity { get; set; }
}
