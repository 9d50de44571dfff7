/** The kind of metadata that every delivery carries: with its row's id it can be found again in the history. */
export const deliveryEvent = 'borderwire_delivery';
