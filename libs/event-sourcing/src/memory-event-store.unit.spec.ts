import { MemoryEventStore } from './memory-event-store';
import { eventStoreContract } from './testing';

eventStoreContract('memory', () => new MemoryEventStore());
