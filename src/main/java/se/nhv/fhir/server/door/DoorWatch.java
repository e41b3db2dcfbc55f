package se.nhv.fhir.server.door;

/**
 * What watches over all requests at a door.
 *
 * @param door the door
 * @param interceptor one of HAPI's kind
 */
public record DoorWatch(Door door, Object interceptor) {}
